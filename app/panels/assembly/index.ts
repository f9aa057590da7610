export { AssemblyActions as Actions, AssemblyPanel as default } from "./AssemblyPanel.tsx";
