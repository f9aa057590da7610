export { OutputPanel as default } from "./OutputPanel.tsx";
