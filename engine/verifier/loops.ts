// Loops and the marks that come round them: which checkpoint entered a loop, which paths came back to where they had
// been, and what these still owe each other when the loop is left (bpf_scc_visit of the kernel).

import type { Env, LoopVisit } from "./env.ts";
import { EFAULT } from "./env.ts";
import type { Precision } from "./precision.ts";
import { SCALAR_VALUE } from "./reg.ts";
import type { State } from "./state.ts";
import { frameInsn, frameOf, isSpilled, regOf, slotOf } from "./state.ts";

const MAX_ROUNDS = 64;

/** The calls that lead to the outermost loop that `state` stands in, then the loop's number; undefined outside. */
function loopChain(env: Env, state: State): number[] | undefined {
	const chain: number[] = [];
	for (let i = 0; i <= state.curframe; i++) {
		const pc = frameInsn(state, i);
		const scc = env.facts.scc[pc] as number;
		if (scc !== 0) {
			chain.push(scc);
			return chain;
		}
		chain.push(pc);
	}
	return undefined;
}

function findVisit(env: Env, chain: readonly number[]): LoopVisit | undefined {
	const visits = env.loops[chain[chain.length - 1] as number] as LoopVisit[];
	for (const visit of visits) {
		if (visit.chain.length !== chain.length) continue;
		if (visit.chain.every((value, i) => value === chain[i])) return visit;
	}
	return undefined;
}

/** Linux ends the list of calls at the first that is instruction 0. */
function chainText(chain: readonly number[]): string {
	const calls = chain.slice(0, -1);
	const end = calls.indexOf(0);
	return `(${[...calls.slice(0, end < 0 ? calls.length : end), chain.at(-1)].join(",")})`;
}

export function updatePeak(env: Env): void {
	const states = env.exploredCount + env.evictedCount + env.backedgeCount;
	if (states > env.peakStates) env.peakStates = states;
}

/** maybe_enter_scc: `state` has become a checkpoint. */
export function enterLoop(env: Env, state: State): void {
	const chain = loopChain(env, state);
	if (!chain) return;
	let visit = findVisit(env, chain);
	if (!visit) {
		visit = { chain, entry: undefined, backedges: [], count: 0 };
		env.loops[chain[chain.length - 1] as number]?.push(visit);
	}
	if (visit.entry) return;
	visit.entry = state;
	if (env.log?.all) env.log.write(`SCC enter ${chainText(chain)}\n`);
}

/** maybe_exit_scc: all paths through `state` are finished. */
export function exitLoop(env: Env, precision: Precision, state: State): number {
	const chain = loopChain(env, state);
	if (!chain) return 0;
	const visit = findVisit(env, chain);
	// An exception thrown in a loop before any checkpoint: Linux takes that for a fault of its own.
	if (!visit)
		return env.fail(
			EFAULT,
			"internal/loop",
			`verifier bug: scc exit: no visit info for call chain ${chainText(chain)}`,
		);
	if (visit.entry !== state) return 0;
	if (env.log?.all) env.log.write(`SCC exit ${chainText(chain)}\n`);
	visit.entry = undefined;
	env.backedgeCount -= visit.count;
	visit.count = 0;
	updatePeak(env);
	return propagateBackedges(env, precision, visit);
}

/** add_scc_backedge: the path `edge` came back to `state`, within one loop. */
export function addBackedge(env: Env, state: State, edge: State): void {
	const chain = loopChain(env, state);
	const visit = chain && findVisit(env, chain);
	if (!chain || !visit) return;
	if (env.log?.all) env.log.write(`SCC backedge ${chainText(chain)}\n`);
	visit.backedges.push(edge);
	visit.count++;
	env.backedgeCount++;
	updatePeak(env);
}

/** Whether marks may still come to `state` round a loop (incomplete_read_marks). */
export function isIncomplete(env: Env, state: State): boolean {
	if (!mayOwe(env, state)) return false;
	const chain = loopChain(env, state);
	const visit = chain && findVisit(env, chain);
	return visit !== undefined && visit.backedges.length > 0;
}

/** Whether any visit of the outermost loop that `state` stands in has marks to come: asked often, so without making anything. */
function mayOwe(env: Env, state: State): boolean {
	for (let i = 0; i <= state.curframe; i++) {
		const scc = env.facts.scc[frameInsn(state, i)] as number;
		if (scc === 0) continue;
		const visits = env.loops[scc] as LoopVisit[];
		for (let at = 0; at < visits.length; at++)
			if ((visits[at] as LoopVisit).backedges.length > 0) return true;
		return false;
	}
	return false;
}

function propagateBackedges(env: Env, precision: Precision, visit: LoopVisit): number {
	// The kernel's list has the newest first.
	const edges = visit.backedges.toReversed();
	for (let round = 0; ; round++) {
		if (round > MAX_ROUNDS) {
			if (env.log?.all) env.log.write("propagate_backedges: too many iterations\n");
			for (const edge of edges) precision.markAllBehind(edge);
			break;
		}
		precision.changed = false;
		for (const edge of edges) {
			const error = propagatePrecision(env, precision, edge.equal as State, edge);
			if (error < 0) return error;
		}
		if (!precision.changed) break;
	}
	for (const edge of edges) env.freeState(edge);
	visit.backedges = [];
	return 0;
}

/** propagate_precision: what `old` needed exactly, the path that equals it needs too. */
export function propagatePrecision(env: Env, precision: Precision, old: State, cur: State): number {
	const { wanted } = precision;
	const log = env.log?.all ? env.log : undefined;
	for (let f = old.curframe; f >= 0; f--) {
		const frame = frameOf(old, f);
		let text = "";
		for (let i = 0; i < 10; i++) {
			const reg = regOf(frame, i);
			if (reg.type !== SCALAR_VALUE || !reg.precise) continue;
			if (log) text += text === "" ? `frame ${f}: propagating r${i}` : `,r${i}`;
			wanted.setReg(f, i);
		}
		for (let i = 0; i < frame.slots; i++) {
			const slot = slotOf(frame, i);
			if (!isSpilled(slot) || slot.reg.type !== SCALAR_VALUE || !slot.reg.precise) continue;
			const name = `fp${-(i + 1) * 8}`;
			if (log) text += text === "" ? `frame ${f}: propagating ${name}` : `,${name}`;
			wanted.setSlot(f, i);
		}
		if (text !== "") log?.write(`${text}\n`);
	}
	return precision.mark(cur, -1);
}
