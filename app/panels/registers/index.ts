export { RegistersPanel as default } from "./RegistersPanel.tsx";
