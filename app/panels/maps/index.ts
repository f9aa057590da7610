export { MapsPanel as default } from "./MapsPanel.tsx";
