export type { Flow } from "./flow.ts";
export { calleeOf, flowOf, functionEntries, slotsOf, targetOf } from "./flow.ts";
export type { Block, FunctionGraph } from "./graph.ts";
export { blockAt, dominates, functionGraph, OUTSIDE } from "./graph.ts";
export type { Loop, Loops } from "./loops.ts";
export { components, findLoops } from "./loops.ts";
