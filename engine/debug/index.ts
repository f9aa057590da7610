export type { DebuggerOptions, Goal, Movement } from "./debugger.ts";
export { Debugger } from "./debugger.ts";
export type { Breakpoint, Comparison, Condition, Stop, Watched, Watchpoint } from "./stop.ts";
export type { HostState } from "./timeline.ts";
export type { Writers } from "./writers.ts";
