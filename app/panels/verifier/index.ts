export { VerifierPanel as default } from "./VerifierPanel.tsx";
