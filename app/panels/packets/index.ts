export { PacketsActions as Actions } from "./Actions.tsx";
export { PacketsPanel as default } from "./PacketsPanel.tsx";
