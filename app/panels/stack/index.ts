export { StackPanel as default } from "./StackPanel.tsx";
