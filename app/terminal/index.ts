export { TerminalPanel as default } from "./TerminalPanel.tsx";
