// The control-flow graph as the verifier needs it: every instruction reachable, pruning points, postorder of each
// function, strongly connected components (check_cfg, compute_postorder, compute_scc of the kernel).

import * as isa from "../isa/index.ts";
import { callTraits } from "./callees.ts";
import type { Env, Subprog } from "./env.ts";
import { E2BIG, EINVAL, subprogAt } from "./env.ts";
import { isMayGoto } from "./nops.ts";
import { isHelperCall, isPseudoCall, isPseudoFunc, jumpOffset, TAIL_CALL } from "./subprogs.ts";

const DISCOVERED = 0x10;
const EXPLORED = 0x20;
const FALLTHROUGH = 1;
const BRANCH = 2;

const DONE = 0;
const KEEP = 1;

/** The walk over the graph, depth first, one edge at a time. */
class Walk {
	readonly env: Env;
	readonly state: Int32Array;
	readonly stack: Int32Array;
	top = 0;

	constructor(env: Env) {
		this.env = env;
		this.state = new Int32Array(env.code.length);
		this.stack = new Int32Array(env.code.length);
	}

	/** Follows the edge from `t` to `w`. */
	push(t: number, w: number, edge: number): number {
		const { env, state } = this;
		const seen = state[t] as number;
		if (seen >= (DISCOVERED | edge)) return DONE;
		if (w < 0 || w >= env.code.length) {
			env.log?.line(t, `${t}: `);
			env.pc = t;
			return env.fail(
				EINVAL,
				"program/jump-out-of-range",
				`jump out of range from insn ${t} to ${w}`,
			);
		}
		if (edge === BRANCH) {
			env.facts.prune[w] = 1;
			env.facts.jump[w] = 1;
		}
		const target = state[w] as number;
		if (target === 0) {
			state[t] = DISCOVERED | edge;
			state[w] = DISCOVERED;
			if (this.top >= env.code.length) return -E2BIG;
			this.stack[this.top++] = w;
			return KEEP;
		}
		if (target === EXPLORED) state[t] = DISCOVERED | edge;
		return DONE;
	}

	visit(t: number): number {
		const { env } = this;
		if (isPseudoFunc(env, t)) return this.visitCall(t, 2, true);
		const opcode = env.code.opcode[t] as number;
		const cls = opcode & 7;
		if (cls !== isa.BPF_JMP && cls !== isa.BPF_JMP32)
			return this.push(t, t + (opcode === isa.LD_IMM64 ? 2 : 1), FALLTHROUGH);
		switch (opcode & 0xf0) {
			case isa.BPF_EXIT:
				return DONE;
			case isa.BPF_CALL:
				markCall(env, t);
				return this.visitCall(t, 1, isPseudoCall(env, t) || env.code.src[t] === 1);
			case isa.BPF_JA: {
				const to = t + jumpOffset(env, t) + 1;
				const result = this.push(t, to, FALLTHROUGH);
				if (result !== DONE && result !== KEEP) return result;
				if (result === KEEP) return result;
				env.facts.prune[to] = 1;
				env.facts.jump[to] = 1;
				return result;
			}
			default: {
				env.facts.prune[t] = 1;
				if (isMayGoto(env, t)) env.facts.force[t] = 1;
				const result = this.push(t, t + 1, FALLTHROUGH);
				if (result !== DONE) return result;
				return this.push(t, t + (env.code.off[t] as number) + 1, BRANCH);
			}
		}
	}

	visitCall(t: number, size: number, callee: boolean): number {
		const { env } = this;
		const result = this.push(t, t + size, FALLTHROUGH);
		if (result !== DONE) return result;
		env.facts.prune[t + size] = 1;
		env.facts.jump[t + size] = 1;
		if (!callee) return result;
		env.facts.prune[t] = 1;
		const w = t + (env.code.imm[t] as number) + 1;
		mergeEffects(env, t, w);
		return this.push(t, w, BRANCH);
	}

	/** Everything that can be reached from `start`. */
	run(start: number): number {
		this.state[start] = DISCOVERED;
		this.stack[0] = start;
		this.top = 1;
		while (this.top > 0) {
			const t = this.stack[this.top - 1] as number;
			const result = this.visit(t);
			if (result < 0) return result;
			if (result === DONE) {
				this.state[t] = EXPLORED;
				this.top--;
			}
		}
		return 0;
	}
}

function markCall(env: Env, t: number): void {
	const traits = callTraits(env, t);
	if (traits.async) env.facts.prune[t] = 1;
	if (traits.callback) {
		env.facts.callsCallback[t] = 1;
		env.facts.force[t] = 1;
		env.facts.prune[t] = 1;
		env.facts.jump[t] = 1;
	}
	if (traits.iterNext) {
		env.facts.iterNext[t] = 1;
		env.facts.prune[t] = 1;
		env.facts.force[t] = 1;
	}
	const subprog = env.subprogs[subprogAt(env, t)] as Subprog;
	if (traits.mightSleep) subprog.mightSleep = true;
	if (traits.changesPacket) subprog.changesPacket = true;
}

/** Runs when the callee is explored already, so its own effects are complete. */
function mergeEffects(env: Env, t: number, w: number): void {
	const caller = env.subprogs[subprogAt(env, t)] as Subprog;
	const callee = env.subprogs[subprogAt(env, w)] as Subprog;
	caller.changesPacket ||= callee.changesPacket;
	caller.mightSleep ||= callee.mightSleep;
}

/** check_cfg: finds pruning points, refuses instructions that nothing reaches. */
export function checkGraph(env: Env): number {
	const walk = new Walk(env);
	const callback = env.subprogs[env.exceptionCallback] as Subprog;
	const error = walk.run(0) || (env.exceptionCallback !== 0 ? walk.run(callback.start) : 0);
	if (error < 0) return error;
	for (let pc = 0; pc < env.code.length; pc++) {
		env.pc = pc;
		if (walk.state[pc] !== EXPLORED)
			return env.fail(EINVAL, "program/unreachable", `unreachable insn ${pc}`);
		if (env.code.opcode[pc] === isa.LD_IMM64) {
			if (walk.state[pc + 1] !== 0)
				return env.fail(
					EINVAL,
					"program/jump-into-ld-imm64",
					`jump into the middle of ldimm64 insn ${pc}`,
				);
			pc++;
		}
	}
	return 0;
}

/** Fills in the facts' `next`: the instructions that may follow each within its function. */
export function linkSuccessors(env: Env): void {
	const { next } = env.facts;
	const { length } = env.code;
	for (let pc = 0; pc < length; pc++) {
		const opcode = env.code.opcode[pc] as number;
		const cls = opcode & 7;
		const op = opcode & 0xf0;
		let at = 2 * pc;
		if (cls !== isa.BPF_JMP && cls !== isa.BPF_JMP32) {
			const after = pc + (opcode === isa.LD_IMM64 ? 2 : 1);
			// The second slot of an ld_imm64 is no instruction, though the kernel walks on from it.
			if (after < length) next[at] = after;
			continue;
		}
		if (op === isa.BPF_EXIT) continue;
		if (op !== isa.BPF_JA) next[at++] = pc + 1;
		if (op !== isa.BPF_CALL) next[at] = pc + jumpOffset(env, pc) + 1;
	}
}

/** Fills in the facts' `previous` from `next`. */
export function linkPredecessors(env: Env): void {
	const { next, previous, previousAt } = env.facts;
	for (const to of next) if (to >= 0) previousAt[to + 2] = (previousAt[to + 2] as number) + 1;
	for (let pc = 2; pc < previousAt.length; pc++)
		previousAt[pc] = (previousAt[pc] as number) + (previousAt[pc - 1] as number);
	for (let at = 0; at < next.length; at++) {
		const to = next[at] as number;
		if (to < 0) continue;
		const place = previousAt[to + 1] as number;
		previous[place] = at >> 1;
		previousAt[to + 1] = place + 1;
	}
}

/** compute_postorder. */
export function computePostorder(env: Env): void {
	const order = new Int32Array(env.code.length);
	const state = new Uint8Array(env.code.length);
	const stack: number[] = [];
	let count = 0;
	const { next } = env.facts;
	for (const subprog of env.subprogs) {
		subprog.postorderStart = count;
		stack.push(subprog.start);
		while (stack.length > 0) {
			const top = stack[stack.length - 1] as number;
			state[top] = (state[top] as number) | 1;
			if ((state[top] as number) & 2) {
				order[count++] = top;
				stack.pop();
				continue;
			}
			for (let at = 2 * top; at < 2 * top + 2; at++) {
				const to = next[at] as number;
				if (to < 0 || state[to] !== 0) continue;
				stack.push(to);
				state[to] = 1;
			}
			state[top] = (state[top] as number) | 2;
		}
		subprog.postorderEnd = count;
	}
	env.postorder = order.subarray(0, count);
}

/** compute_scc: numbers the loops, 0 where there is none (Tarjan's algorithm as Pearce states it). */
export function computeScc(env: Env): void {
	const length = env.code.length;
	const pre = new Int32Array(length);
	const low = new Float64Array(length);
	const scc = env.facts.scc;
	const stack: number[] = [];
	const dfs: number[] = [];
	const { next } = env.facts;
	let preorder = 1;
	let id = 1;
	const descend = (w: number): boolean => {
		for (let at = 2 * w; at < 2 * w + 2; at++) {
			const s = next[at] as number;
			if (s < 0) break;
			if (pre[s] === 0) {
				dfs.push(s);
				return true;
			}
			low[w] = Math.min(low[w] as number, low[s] as number);
		}
		return false;
	};
	const close = (w: number): void => {
		const assign = stack[stack.length - 1] !== w || next[2 * w] === w || next[2 * w + 1] === w;
		for (;;) {
			const t = stack.pop() as number;
			low[t] = Number.POSITIVE_INFINITY;
			if (assign) scc[t] = id;
			if (t === w) break;
		}
		if (assign) id++;
	};
	for (let i = 0; i < length; i++) {
		if (pre[i] !== 0) continue;
		dfs.push(i);
		while (dfs.length > 0) {
			const w = dfs[dfs.length - 1] as number;
			if (pre[w] === 0) {
				low[w] = pre[w] = preorder++;
				stack.push(w);
			}
			if (descend(w)) continue;
			dfs.pop();
			if ((low[w] as number) >= (pre[w] as number)) close(w);
		}
	}
	env.loops = Array.from({ length: id }, () => []);
}

/** Whether the instruction is a tail call. */
export function isTailCall(env: Env, pc: number): boolean {
	return isHelperCall(env, pc) && env.code.imm[pc] === TAIL_CALL;
}
