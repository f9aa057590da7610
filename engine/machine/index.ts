export type {
	ArrayLayout,
	Executor,
	Helper,
	HelperCall,
	HelperTable,
	Program,
	Runner,
	RunResult,
	Trap,
} from "./executor.ts";
export type { Region, RegionKind } from "./memory.ts";
export { GuestMemory } from "./memory.ts";
