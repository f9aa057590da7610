export type { LinuxLoad, LinuxRun } from "./linux.ts";
export { Linux } from "./linux.ts";
