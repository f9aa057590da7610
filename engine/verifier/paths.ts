// The branches still to walk, and what happens when one is finished (push_stack, pop_stack, update_branch_counts of the
// kernel).

import type { Env, Pending } from "./env.ts";
import { EFAULT, JUMP_LIMIT } from "./env.ts";
import { exitLoop, isIncomplete } from "./loops.ts";
import type { Precision } from "./precision.ts";
import type { State } from "./state.ts";
import { copyState } from "./state.ts";

/** Puts a copy of the current path, to go on at `pc`, on the stack of branches; undefined when there are too many. */
export function pushBranch(env: Env, pc: number, prev: number): State | undefined {
	const state = env.takeState();
	copyState(state, env.cur);
	env.pending.push({ state, pc, prev, logPosition: env.log?.position ?? 0 });
	env.trace?.pushed(prev, pc);
	if (env.pending.length > JUMP_LIMIT) {
		env.fail(EFAULT, "limit/jumps", `The sequence of ${env.pending.length} jumps is too complex.`);
		return undefined;
	}
	if (state.parent) state.parent.branches++;
	return state;
}

/** Takes up the branch pushed last; false when none is left. */
export function popBranch(env: Env): boolean {
	const next = env.pending.pop() as Pending | undefined;
	if (!next) return false;
	env.freeState(env.cur);
	env.cur = next.state;
	env.log?.rewind(next.logPosition);
	env.pc = next.pc;
	env.prevPc = next.prev;
	return true;
}

/** The current path is finished, and with it perhaps the checkpoints behind it. */
export function finishPath(env: Env, precision: Precision): number {
	let state: State | undefined = env.cur;
	let listed = false;
	while (state) {
		state.branches--;
		if (state.branches !== 0) break;
		const error = exitLoop(env, precision, state);
		if (error < 0) return error;
		const parent: State | undefined = state.parent;
		if (listed) maybeFree(env, state);
		listed = true;
		state = parent;
	}
	return 0;
}

/** maybe_free_verifier_state: an evicted checkpoint that nothing refers to any more. */
export function maybeFree(env: Env, state: State): void {
	if (!state.evicted || state.branches !== 0 || isIncomplete(env, state)) return;
	state.evicted = false;
	env.evictedCount--;
	env.freeState(state);
}
