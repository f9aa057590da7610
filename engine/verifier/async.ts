// Functions of the program that run later, on their own: timers, work queues (push_async_cb of the kernel). They are
// walked from an empty stack, and what the path that arranges for them knows does not matter.

import { checkStatic, setFramePointer } from "./call.ts";
import type { Env, Subprog } from "./env.ts";
import { curReg, E2BIG, JUMP_LIMIT } from "./env.ts";
import { CONST_PTR_TO_MAP, PTR_TO_MAP_KEY, PTR_TO_MAP_VALUE, setKnown } from "./reg.ts";
import type { StackTools } from "./stack.ts";
import { clearState, initFrame, MAIN_CALL, regOf, topFrame } from "./state.ts";

/** What is known of a callback that runs later. */
export interface Later {
	readonly subprog: number;
	readonly sleepable: boolean;
	/** Register that tells the map: the field in it, or the map itself. */
	readonly mapReg: number;
	/** What it may return. */
	readonly min: number;
	readonly max: number;
}

/** Queues a walk of a function: callback(map, key, value). */
export function asyncCall(
	env: Env,
	tools: StackTools,
	{ subprog, sleepable, mapReg, min, max }: Later,
): number {
	const callee = env.subprogs[subprog] as Subprog;
	checkStatic(env, tools, callee);
	callee.isCallback = true;
	callee.isAsyncCallback = true;
	const state = env.takeState();
	env.pending.push({
		state,
		pc: callee.start,
		prev: env.pc,
		logPosition: env.log?.position ?? 0,
	});
	env.trace?.pushed(env.pc, callee.start);
	if (env.pending.length > JUMP_LIMIT)
		return env.fail(
			E2BIG,
			"limit/jumps",
			`The sequence of ${env.pending.length} jumps is too complex for async cb.`,
		);
	clearState(state);
	state.branches = 1;
	state.inSleepable = sleepable;
	const frame = initFrame(state, 0, MAIN_CALL, 0, subprog);
	setFramePointer(frame);
	env.scratchAll();
	frame.asyncEntry = topFrame(env.cur).asyncEntry + 1;
	const { map, uid } = curReg(env, mapReg);
	for (const [index, type] of [
		[1, CONST_PTR_TO_MAP],
		[2, PTR_TO_MAP_KEY],
		[3, PTR_TO_MAP_VALUE],
	] as const) {
		const reg = regOf(frame, index);
		setKnown(reg, 0, 0);
		reg.type = type;
		reg.map = map;
		reg.uid = uid;
	}
	frame.inAsyncCallback = true;
	frame.retMin = min;
	frame.retMax = max;
	return 0;
}
