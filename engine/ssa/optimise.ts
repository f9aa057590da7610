// The order of the passes. Takes a module as a front end makes it, leaves one that code can be selected from: no memcpy, memset, isconst
// or switch, accesses aligned to their size.

import { inferAlignment } from "./aligned.ts";
import { markApart } from "./apart.ts";
import { flattenBits } from "./bits.ts";
import { boundAddresses } from "./bound.ts";
import { combine } from "./combine.ts";
import { removeDead, removeWriteOnly } from "./dead.ts";
import { delayStores } from "./delay.ts";
import { Surroundings } from "./describe.ts";
import { lowerDivisions } from "./divide.ts";
import { renumber } from "./edit.ts";
import { removeUnreachable } from "./graph.ts";
import { numberValues } from "./gvn.ts";
import { Callees, calleesFirst, inlineCalls, mayInline, removeDeadFunctions } from "./inline.ts";
import { dropParameters, propagateConstants } from "./interprocedural.ts";
import type { Func, Instruction, Module } from "./ir.ts";
import { expandLibrary } from "./library.ts";
import { lowerMemory, resolveIsConst } from "./lower.ts";
import { type KeptBody, type Memo, Steps } from "./memo.ts";
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
import { markUnwritten } from "./unwritten.ts";

/** What `optimise` is told. */
export interface OptimiseOptions {
	/** 0: only what code selection needs; 1: without unrolling, threading and inlining that nobody asked for; 2: everything. */
	readonly level: 0 | 1 | 2;
	/** Instruction set version. */
	readonly cpu: 1 | 2 | 3 | 4;
	/** What was made of functions before; they are taken from it, and put into it. */
	readonly memo?: Memo<KeptBody>;
}

/** Rewrites a well-formed module in place for size and for what the Linux verifier can follow. */
export function optimise(module: Module, options: OptimiseOptions): void {
	const { level, cpu, memo } = options;
	if (level > 0) markUnwritten(module);
	const steps = memo && new Steps(memo, new Surroundings(module));
	const step = (name: string, func: Func, work: () => void) => {
		if (steps) steps.run(func, `${name} ${level} ${cpu}`, work);
		else work();
	};
	const whole = (func: Func) => optimiseFunction(func, module, level === 2 ? 2 : 1);
	const first = (func: Func) => {
		removeUnreachable(func);
		if (level > 0) prepare(func, module);
	};
	const callees = new Callees(module);
	for (const func of calleesFirst(module)) {
		if (func.blocks.length === 0) continue;
		if (!mayInline(callees, func)) {
			step("alone", func, () => {
				first(func);
				if (level > 0) whole(func);
			});
			callees.changed(func);
			continue;
		}
		step("prepare", func, () => first(func));
		const inlined = inlineCalls(module, func, level, callees);
		if (inlined) steps?.changed(func);
		step(inlined ? "inlined" : "plain", func, () => {
			if (inlined) {
				removeUnreachable(func);
				renumber(func);
				if (level > 0) prepare(func, module);
			}
			if (level > 0) whole(func);
		});
		callees.changed(func);
	}
	if (level > 1) removeDeadFunctions(module);
	const known = level > 1 ? [...propagateConstants(module), ...markApart(module)] : [];
	for (const func of new Set(known)) {
		steps?.changed(func);
		step("known", func, () => {
			tidy(func, module);
			optimiseFunction(func, module, 2);
		});
	}
	removeDeadFunctions(module);
	if (level > 1) for (const func of dropParameters(module)) steps?.changed(func);
	for (const func of module.functions)
		if (func.blocks.length > 0) step("finish", func, () => finish(func, module, level));
}

function tidy(func: Func, module: Module): void {
	for (let i = 0; i < 3; i++) {
		combine(func, module);
		if (!simplifyGraph(func)) break;
	}
}

/** As small as the body is by itself, with calls on ways that do the same as one: before inlining, and again with what came in. */
function prepare(func: Func, module: Module): void {
	simplifyGraph(func);
	splitAllocas(func);
	renumber(func);
	tidy(func, module);
	renumber(func);
	if (expandLibrary(func, module)) {
		splitAllocas(func);
		tidy(func, module);
	}
	if (mergeBlocks(func)) tidy(func, module);
}

function optimiseFunction(func: Func, module: Module, level: 1 | 2): void {
	if (numberValues(func)) tidy(func, module);
	if (level > 1) {
		if (delayStores(func)) tidy(func, module);
		if (flattenBits(func)) tidy(func, module);
		if (foldTruths(func)) tidy(func, module);
		let changed = threadJumps(func);
		if (changed) tidy(func, module);
		if (unrollLoops(func)) {
			renumber(func);
			tidy(func, module);
			splitAllocas(func);
			changed = true;
		}
		if (changed) {
			numberValues(func);
			tidy(func, module);
		}
		if (joinLoads(func)) tidy(func, module);
	}
	removeWriteOnly(func);
	removeDeadStores(func);
	if (mergeBlocks(func)) tidy(func, module);
}

function finish(func: Func, module: Module, level: 0 | 1 | 2): void {
	if (resolveIsConst(func) && level > 0) {
		tidy(func, module);
		optimiseFunction(func, module, level === 2 ? 2 : 1);
	}
	renumber(func);
	if (level > 0) settle(func, module);
	expandLibrary(func, module);
	if (level > 0) inferAlignment(func);
	const lowered = [
		lowerSwitches(func),
		lowerMemory(func, module),
		level > 0 && lowerDivisions(func),
	].some(Boolean);
	if (level > 0) {
		if (lowered) {
			combine(func, module);
			numberValues(func);
			tidy(func, module);
		}
		removeDeadStores(func);
		joinStores(func, module);
		sinkValues(func);
		removeDead(func);
		boundAddresses(func);
	}
	for (const block of func.blocks) delete block.unroll;
	removeUnreachable(func);
}

/** What makes code smaller without making more of it known: only when all else is done. */
function settle(func: Func, module: Module): void {
	dropEnds(func);
	if (scaleCounters(func)) tidy(func, module);
	if (mergeBlocks(func)) tidy(func, module);
	if (shareTails(func)) tidy(func, module);
}

/** Where the function returns nothing lives on: marks that say so only keep equal ends apart. */
function dropEnds(func: Func): void {
	for (const block of func.blocks) {
		if (block.terminator.op !== "ret") continue;
		const isEnd = (n: Instruction) => n.op === "lifetime" && !n.start;
		while (block.body.length > 0 && isEnd(block.body.at(-1) as Instruction)) {
			block.body.pop();
		}
	}
}
