export { ProblemsPanel as default } from "./ProblemsPanel.tsx";
