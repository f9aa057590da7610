// Calls of the program's own functions (check_func_call of the kernel).

import { checkArguments } from "./args.ts";
import type { Env, Subprog } from "./env.ts";
import { E2BIG, EFAULT, EINVAL, subprogStarting } from "./env.ts";
import { clearCallerSaved } from "./operand.ts";
import { clearPacketPointers } from "./packet.ts";
import { copyReg, PTR_TO_STACK, setKnown, setUnknown } from "./reg.ts";
import type { StackTools } from "./stack.ts";
import type { Frame, State } from "./state.ts";
import { initFrame, MAX_FRAMES, regOf, topFrame } from "./state.ts";

/** The frame pointer of a new frame. */
export function setFramePointer(frame: Frame): void {
	const fp = regOf(frame, 10);
	setKnown(fp, 0, 0);
	fp.type = PTR_TO_STACK;
	fp.frameno = frame.frameno;
}

/** setup_func_entry: a frame for `subprog` on top of `state`; `fill` passes the arguments. */
export function enterFunction(
	env: Env,
	state: State,
	subprog: number,
	callsite: number,
	fill: (caller: Frame, callee: Frame) => number,
): number {
	if (state.curframe + 1 >= MAX_FRAMES)
		return env.fail(
			E2BIG,
			"call/too-deep",
			`the call stack of ${state.curframe + 2} frames is too deep`,
		);
	const caller = topFrame(state);
	const callee = initFrame(state, state.curframe + 1, callsite, state.curframe + 1, subprog);
	setFramePointer(callee);
	env.scratchAll();
	const error = fill(caller, callee);
	if (error < 0) return error;
	state.curframe++;
	return 0;
}

/** Arguments of a direct call: r1 to r5 as they are. */
function passArguments(caller: Frame, callee: Frame): number {
	for (let i = 1; i <= 5; i++) copyReg(regOf(callee, i), regOf(caller, i));
	return 0;
}

/** The instruction at `pc` calls a function of the program. */
export function checkCall(env: Env, tools: StackTools, pc: number): number {
	const target = pc + (env.code.imm[pc] as number) + 1;
	const index = subprogStarting(env, target);
	if (index < 0)
		return env.fail(EFAULT, "internal/call", `verifier bug: no subprog at insn ${target}`);
	const subprog = env.subprogs[index] as Subprog;
	if (subprog.isGlobal) return callGlobal(env, tools, subprog, index);
	checkStatic(env, tools, subprog);
	const { cur } = env;
	const caller = topFrame(cur);
	const error = enterFunction(env, cur, index, pc, passArguments);
	if (error < 0) return error;
	clearCallerSaved(env, caller);
	env.pc = subprog.start - 1;
	tools.live.resetChain();
	if (env.log?.steps) env.log.call(cur, cur.curframe - 1);
	return 0;
}

/** BTF of a static function may be wrong: a call that does not fit is only noted, once. */
export function checkStatic(env: Env, tools: StackTools, subprog: Subprog): void {
	if (!env.btf || subprog.typeId === 0 || subprog.unreliable) return;
	const { failure } = env;
	if (checkArguments(env, tools, subprog) < 0) subprog.unreliable = true;
	env.failure = failure;
}

/** A global function is verified by itself: here only its arguments count, and that it returns something. */
function callGlobal(env: Env, tools: StackTools, subprog: Subprog, index: number): number {
	const { cur, failure } = env;
	const error = subprog.unreliable ? -EINVAL : checkArguments(env, tools, subprog);
	if (error < 0 && env.unsupported !== undefined) return error;
	const ofArguments = env.failure;
	//   whatever is wrong with the arguments, the place of the call is refused first
	env.failure = failure;
	if (cur.activeLocks > 0)
		return env.fail(
			EINVAL,
			"lock/global-call",
			"global function calls are not allowed while holding a lock,\nuse static function instead",
		);
	const awake =
		cur.activeRcu > 0 || cur.activePreempt > 0 || cur.activeIrqId !== 0 || !cur.inSleepable;
	if (subprog.mightSleep && awake)
		return env.fail(
			EINVAL,
			"lock/global-call",
			"global functions that may sleep are not allowed in non-sleepable context,\n" +
				"i.e., in a RCU/IRQ/preempt-disabled section, or in\na non-sleepable BPF program context",
		);
	if (error < 0) {
		env.failure = ofArguments;
		return env.fail(
			-error,
			"call/argument",
			`Caller passes invalid args into func#${index} ('${subprog.name}')`,
		);
	}
	env.note(`Func#${index} ('${subprog.name}') is global and assumed valid.\n`);
	if (subprog.changesPacket) clearPacketPointers(cur);
	subprog.called = true;
	const caller = topFrame(cur);
	clearCallerSaved(env, caller);
	setUnknown(regOf(caller, 0));
	return 0;
}
