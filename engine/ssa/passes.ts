// The passes by name, for tests and for those who want to see one alone. Each takes a well-formed function and leaves one.

import { inferAlignment } from "./aligned.ts";
import { flattenBits } from "./bits.ts";
import { boundAddresses } from "./bound.ts";
import { combine } from "./combine.ts";
import { removeDead, removeWriteOnly } from "./dead.ts";
import { delayStores } from "./delay.ts";
import { lowerDivisions } from "./divide.ts";
import { removeUnreachable } from "./graph.ts";
import { numberValues } from "./gvn.ts";
import { inlineCalls } from "./inline.ts";
import type { Func, Module } from "./ir.ts";
import { expandLibrary } from "./library.ts";
import { lowerMemory } from "./lower.ts";
import { mergeBlocks } from "./merge.ts";
import { joinLoads } from "./partial.ts";
import { scaleCounters } from "./scale.ts";
import { simplifyGraph } from "./simplify.ts";
import { sinkValues } from "./sink.ts";
import { splitAllocas } from "./split.ts";
import { joinStores, removeDeadStores } from "./stores.ts";
import { lowerSwitches } from "./switch.ts";
import { shareTails } from "./tails.ts";
import { threadJumps } from "./thread.ts";
import { foldTruths } from "./truth.ts";
import { unrollLoops } from "./unroll.ts";

/** Says whether it changed anything. */
export type Pass = (func: Func, module: Module) => boolean;

export const passes: Readonly<Record<string, Pass>> = {
	align: (func) => [removeUnreachable(func), inferAlignment(func)].some(Boolean),
	bits: (func) => [removeUnreachable(func), flattenBits(func)].some(Boolean),
	bound: (func) => [removeUnreachable(func), boundAddresses(func)].some(Boolean),
	combine: (func, module) => combine(func, module),
	dead: (func) => removeDead(func),
	delay: (func) => [removeUnreachable(func), delayStores(func)].some(Boolean),
	gvn: (func) => numberValues(func),
	inline: (func, module) => inlineCalls(module, func, 2),
	library: (func, module) => expandLibrary(func, module),
	"join-loads": (func) => [removeUnreachable(func), joinLoads(func)].some(Boolean),
	"lower-divisions": (func) => lowerDivisions(func),
	"lower-memory": (func, module) => lowerMemory(func, module),
	"lower-switch": (func) => lowerSwitches(func),
	merge: (func) => [removeUnreachable(func), mergeBlocks(func)].some(Boolean),
	scale: (func) => [removeUnreachable(func), scaleCounters(func)].some(Boolean),
	sink: (func) => sinkValues(func),
	tails: (func) => [removeUnreachable(func), shareTails(func)].some(Boolean),
	stores: (func, module) => [removeDeadStores(func), joinStores(func, module)].some(Boolean),
	simplify: (func) => simplifyGraph(func),
	split: (func) => [removeUnreachable(func), splitAllocas(func)].some(Boolean),
	thread: (func) => [removeUnreachable(func), threadJumps(func)].some(Boolean),
	truth: (func) => [removeUnreachable(func), foldTruths(func)].some(Boolean),
	unroll: (func) => [removeUnreachable(func), unrollLoops(func)].some(Boolean),
	"write-only": (func) => removeWriteOnly(func),
};
