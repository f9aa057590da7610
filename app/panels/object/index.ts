export { ObjectPanel as default } from "./ObjectPanel.tsx";
