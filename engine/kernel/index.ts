export type { Device, DeviceSpec } from "./devices.ts";
export { Devices } from "./devices.ts";
export { implementedHelpers } from "./helpers/table.ts";
export type { RunProgram } from "./hooks.ts";
export { Hooks } from "./hooks.ts";
export { implementedKfuncs } from "./kfuncs/table.ts";
export type { MachineOptions, PerfRecord, Redirect, Task } from "./machine.ts";
export { Machine } from "./machine.ts";
export type { LoadedProgram } from "./program.ts";
export type { Neighbour, Route } from "./routes.ts";
export { Skb } from "./skb.ts";
export type {
	Failure,
	KernelOptions,
	KernelState,
	Loading,
	LoadOptions,
	MapCreation,
} from "./system.ts";
export { Kernel } from "./system.ts";
export type { PreparedRun, Stopwatch, TestRunRequest, TestRunResult } from "./testrun.ts";
export type { HookName, HookRun, TraceEvent, Transmission } from "./trace.ts";
export { XdpFrame } from "./xdp.ts";
