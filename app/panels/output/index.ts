export { OutputActions as Actions } from "./Actions.tsx";
export { OutputPanel as default } from "./OutputPanel.tsx";
