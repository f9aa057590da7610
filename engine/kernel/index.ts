export type { Device, DeviceSpec } from "./devices.ts";
export { Devices } from "./devices.ts";
export type { MachineOptions, PerfRecord, Redirect, Task } from "./machine.ts";
export { Machine } from "./machine.ts";
export type { LoadedProgram } from "./program.ts";
export type { Neighbour, Route } from "./routes.ts";
export { Skb } from "./skb.ts";
export type {
	Failure,
	KernelOptions,
	Loading,
	LoadOptions,
	MapCreation,
} from "./system.ts";
export { Kernel } from "./system.ts";
export type { PreparedRun, Stopwatch, TestRunRequest, TestRunResult } from "./testrun.ts";
export { XdpFrame } from "./xdp.ts";
