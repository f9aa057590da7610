export { allows, checkAccess, explainAccess } from "./access.ts";
export type {
	ArrayLayout,
	Executor,
	HashLayout,
	Helper,
	HelperCall,
	HelperTable,
	Program,
	Runner,
	RunResult,
	Trap,
} from "./executor.ts";
export { HASH_FACTORS, hashKey } from "./hash.ts";
export type { MemoryLayout, Region, RegionKind } from "./memory.ts";
export { GuestMemory } from "./memory.ts";
