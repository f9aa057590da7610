// At a pruning point: is the path covered by a checkpoint, does it loop for ever, and shall a checkpoint be taken here
// (is_state_visited of the kernel, with its thresholds, which decide how many instructions are processed).

import type { Env } from "./env.ts";
import { EINVAL } from "./env.ts";
import { type Equality, EXACT, NOT_EXACT, RANGE_WITHIN } from "./equal.ts";
import { record } from "./history.ts";
import { isActiveIterator } from "./iterstate.ts";
import type { LiveStack } from "./livestack.ts";
import { addBackedge, enterLoop, isIncomplete, propagatePrecision, updatePeak } from "./loops.ts";
import { isMayGoto } from "./nops.ts";
import { maybeFree } from "./paths.ts";
import { forgetPrecision, type Precision } from "./precision.ts";
import { samePointerPart, setNotInit } from "./reg.ts";
import { sameScalar } from "./scalar.ts";
import type { State } from "./state.ts";
import {
	byteType,
	clearSlot,
	copyState,
	frameInsn,
	frameOf,
	MAIN_CALL,
	regOf,
	STACK_ITER,
	slotOf,
	topFrame,
} from "./state.ts";
import { stateText } from "./text.ts";

/** What the comparison of states works with. */
interface Pruning {
	readonly equality: Equality;
	readonly precision: Precision;
	readonly live: LiveStack;
}

const MISS = 0;
const HIT = 1;
const LOOP_HIT = 2;

/** The list in which checkpoints of `pc` are, newest last. Other instructions may share it. */
function bucket(env: Env, pc: number): State[] {
	const callsite = topFrame(env.cur).callsite;
	const index = ((pc ^ (callsite === MAIN_CALL ? -1 : callsite)) >>> 0) % env.code.length;
	let list = env.explored[index];
	if (!list) {
		list = [];
		env.explored[index] = list;
	}
	return list;
}

/** Checks the current path against the checkpoints at `pc`. 1: covered, 0: go on, negative: rejected. */
export function visit(env: Env, pruning: Pruning, pc: number): number {
	const { cur } = env;
	const list = bucket(env, pc);
	const force = env.testStateFreq || env.facts.force[pc] === 1 || cur.historyCount > 40;
	let add =
		force ||
		(env.jumpsProcessed - env.prevJumpsProcessed >= 2 &&
			env.insnProcessed - env.prevInsnProcessed >= 8);
	cleanStates(env, pruning, list, pc);
	let count = 0;
	// Linux keeps what it found of the closed checkpoint before.
	let loop = false;
	for (let i = list.length - 1; i >= 0; i--) {
		const state = list[i] as State;
		count++;
		if (state.insn !== pc) continue;
		const open = state.branches !== 0;
		if (!open) loop = isIncomplete(env, state);
		const found = open
			? compareOpen(env, pruning, state, pc, loop)
			: compareClosed(env, pruning, state, loop);
		if (found < 0) return found;
		if (found !== MISS) return covered(env, pruning, state, pc, found === LOOP_HIT);
		if (
			state.branches !== 0 &&
			!force &&
			env.jumpsProcessed - env.prevJumpsProcessed < 20 &&
			env.insnProcessed - env.prevInsnProcessed < 100
		)
			add = false;
		if (add) state.misses++;
		const patience = env.facts.force[pc] === 1 && state.branches > 0 ? 64 : 3;
		if (state.misses > state.hits * patience + patience) {
			state.evicted = true;
			list.splice(i, 1);
			env.evictedCount++;
			env.exploredCount--;
			maybeFree(env, state);
		}
	}
	if (env.maxStatesPerInsn < count) env.maxStatesPerInsn = count;
	if (add) checkpoint(env, list, pc);
	return 0;
}

/** A checkpoint all of whose paths are finished. */
function compareClosed(env: Env, pruning: Pruning, state: State, loop: boolean): number {
	const equal = pruning.equality.statesEqual(state, env.cur, loop ? RANGE_WITHIN : NOT_EXACT);
	return equal ? (loop ? LOOP_HIT : HIT) : MISS;
}

/** A checkpoint on the current path itself, or one that other paths still wait on. */
function compareOpen(env: Env, pruning: Pruning, state: State, pc: number, loop: boolean): number {
	const { cur } = env;
	const frame = topFrame(state);
	if (frame.inAsyncCallback && frame.asyncEntry !== topFrame(cur).asyncEntry) return MISS;
	const { equality } = pruning;
	if (env.facts.iterNext[pc] === 1)
		return equality.statesEqual(state, cur, RANGE_WITHIN) && isActiveIterator(env)
			? LOOP_HIT
			: MISS;
	if (isMayGoto(env, pc) && state.mayGotoDepth !== cur.mayGotoDepth)
		if (equality.statesEqual(state, cur, RANGE_WITHIN)) return LOOP_HIT;
	if (env.facts.callsCallback[pc] === 1)
		return equality.statesEqual(state, cur, RANGE_WITHIN) ? (loop ? LOOP_HIT : HIT) : MISS;
	if (
		maybeLooping(state, cur) &&
		equality.statesEqual(state, cur, EXACT) &&
		!iterDepthsDiffer(state, cur) &&
		state.mayGotoDepth === cur.mayGotoDepth &&
		state.callbackUnrollDepth === cur.callbackUnrollDepth
	) {
		env.log?.line(pc, "; ");
		const error = env.fail(EINVAL, "loop/infinite", `infinite loop detected at insn ${pc}`);
		env.note(`cur state:${stateText(cur, cur.curframe, env)}\n`);
		env.note(`old state:${stateText(state, cur.curframe, env)}\n`);
		return error;
	}
	return MISS;
}

/** The path need not be walked on from here. */
function covered(env: Env, pruning: Pruning, state: State, pc: number, loop: boolean): number {
	const { cur } = env;
	state.hits++;
	env.trace?.covered(pc, state);
	if (env.facts.jump[pc] === 1) record(env, cur, 0, 0);
	const error = propagatePrecision(env, pruning.precision, state, cur);
	if (error < 0) return error;
	if (loop) {
		const edge = env.takeState();
		copyState(edge, cur);
		edge.equal = state;
		edge.insn = pc;
		addBackedge(env, state, edge);
	}
	return 1;
}

function checkpoint(env: Env, list: State[], pc: number): void {
	const { cur } = env;
	env.totalStates++;
	env.exploredCount++;
	updatePeak(env);
	env.prevJumpsProcessed = env.jumpsProcessed;
	env.prevInsnProcessed = env.insnProcessed;
	forgetPrecision(cur);
	const state = env.takeState();
	copyState(state, cur);
	state.insn = pc;
	state.serial = env.totalStates;
	env.trace?.checkpoint(pc, state);
	enterLoop(env, state);
	cur.parent = state;
	cur.firstInsn = pc;
	cur.dfsDepth = state.dfsDepth + 1;
	cur.historyCount = 0;
	list.push(state);
}

/** Forgets in finished checkpoints what nothing reads any more (clean_live_states). */
function cleanStates(env: Env, pruning: Pruning, list: readonly State[], pc: number): void {
	for (let i = list.length - 1; i >= 0; i--) {
		const state = list[i] as State;
		if (state.branches !== 0 || state.insn !== pc || state.cleaned) continue;
		if (!sameCallsites(state, env.cur) || isIncomplete(env, state)) continue;
		cleanState(env, pruning.live, state);
	}
}

function cleanState(env: Env, live: LiveStack, state: State): void {
	live.beginQuery(state);
	state.cleaned = true;
	for (let f = 0; f <= state.curframe; f++) {
		const frame = frameOf(state, f);
		const regs = env.facts.live[frameInsn(state, f)] as number;
		for (let i = 0; i < 10; i++) if (((regs >>> i) & 1) === 0) setNotInit(regOf(frame, i));
		for (let i = 0; i < frame.slots; i++) if (!live.isAlive(f, i)) clearSlot(slotOf(frame, i));
	}
}

function sameCallsites(a: State, b: State): boolean {
	if (a.curframe !== b.curframe) return false;
	for (let f = a.curframe; f >= 0; f--)
		if (frameOf(a, f).callsite !== frameOf(b, f).callsite) return false;
	return true;
}

/** find_prev_entry: a checkpoint at `pc` that is on the way to `cur`, a state of the current path. */
export function previousEntry(env: Env, pc: number, from: State): State | undefined {
	const list = bucket(env, pc);
	for (let i = list.length - 1; i >= 0; i--) {
		const state = list[i] as State;
		if (
			state.insn === pc &&
			state.branches !== 0 &&
			sameCallsites(state, from) &&
			state.dfsDepth < from.dfsDepth
		)
			return state;
	}
	return undefined;
}

/** Whether the top frames hold identical registers (states_maybe_looping). */
function maybeLooping(old: State, cur: State): boolean {
	if (old.curframe !== cur.curframe) return false;
	const a = topFrame(old);
	const b = topFrame(cur);
	for (let i = 0; i < 11; i++) {
		const x = regOf(a, i);
		const y = regOf(b, i);
		if (x.id !== y.id || x.refId !== y.refId) return false;
		if (!samePointerPart(x, y) || !sameScalar(x, y)) return false;
	}
	return true;
}

function iterDepthsDiffer(old: State, cur: State): boolean {
	for (let f = old.curframe; f >= 0; f--) {
		const frame = frameOf(old, f);
		for (let i = 0; i < frame.slots; i++) {
			const slot = slotOf(frame, i);
			if (byteType(slot, 0) !== STACK_ITER || (slot.reg.object & 255) !== 1) continue;
			if (slotOf(frameOf(cur, f), i).reg.object >>> 8 !== slot.reg.object >>> 8) return true;
		}
	}
	return false;
}
