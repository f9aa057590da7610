// Leaving a function or the program: leaks, the return value's range, the way back to the caller (check_return_code,
// prepare_func_exit of the kernel).

import { returnRange } from "../abi/index.ts";
import type { Env } from "./env.ts";
import { curReg, E2BIG, EACCES, EFAULT, EINVAL, ENOTSUPP } from "./env.ts";
import type { Equality } from "./equal.ts";
import type { LiveStack } from "./livestack.ts";
import { checkSource } from "./operand.ts";
import { clearPacketPointers } from "./packet.ts";
import { pushBranch } from "./paths.ts";
import type { Precision } from "./precision.ts";
import { previousEntry } from "./prune.ts";
import { checkLeaks } from "./refs.ts";
import {
	copyReg,
	PTR_TO_STACK,
	type Reg,
	SCALAR_VALUE,
	setUnknown,
	setZero,
	typeName,
} from "./reg.ts";
import { S32_MAX, S32_MIN } from "./scalar.ts";
import type { Frame } from "./state.ts";
import { frameOf, regOf, topFrame } from "./state.ts";
import { decimal } from "./text.ts";
import { widenImprecise } from "./widen.ts";

const STRUCT_OPS = 27;
const LSM = 29;
const LSM_CGROUP = 43;
const TRACING = 26;
/** tp_btf, fentry, fexit, fmod_ret, iterators. */
const tracingAttach = new Set([23, 24, 25, 26, 28]);

/** What leaving works with. */
interface ExitTools {
	readonly precision: Precision;
	readonly equality: Equality;
	readonly live: LiveStack;
}

/** Answers of `leave`: the program is left, or a function. */
export const PROGRAM_LEFT = 1;
export const FUNCTION_LEFT = 2;

/** The exit instruction. */
export function leave(env: Env, tools: ExitTools): number {
	const error = checkLeaks(env, env.cur.curframe === 0, "BPF_EXIT instruction in main prog");
	if (error < 0) return error;
	if (env.cur.curframe > 0) {
		const left = leaveFunction(env, tools);
		return left < 0 ? left : FUNCTION_LEFT;
	}
	const code = checkReturnCode(env, tools.precision);
	return code < 0 ? code : PROGRAM_LEFT;
}

/** bpf_throw: the program is left from wherever it stands. */
export function leaveByThrow(env: Env): number {
	const error = checkLeaks(env, true, "bpf_throw", true);
	return error < 0 ? error : PROGRAM_LEFT;
}

/** A tail call in a function that is called: it may not come back to the function, but to its caller. */
export function leaveByTailCall(env: Env, tools: ExitTools): number {
	const { cur } = env;
	if (cur.curframe === 0) return 0;
	env.scratchReg(0);
	if (!pushBranch(env, env.pc + 1, env.pc)) return -E2BIG;
	clearPacketPointers(cur);
	setUnknown(curReg(env, 0));
	return leaveFunction(env, tools);
}

/** A packet load in a function that is called: out of bounds it returns 0 from there. */
export function leaveByLegacyLoad(env: Env, tools: ExitTools): number {
	if (env.cur.curframe === 0) return 0;
	if (!pushBranch(env, env.pc + 1, env.pc)) return -E2BIG;
	setZero(curReg(env, 0));
	return leaveFunction(env, tools);
}

/** verbose_invalid_scalar: what the register has, what it should have. */
function invalidScalar(
	env: Env,
	reg: Reg,
	min: number,
	max: number,
	where: string,
	name: string,
): number {
	let text = `${where} the register ${name} has`;
	const lowest = reg.sminHi === S32_MIN && reg.sminLo === 0;
	const highest = reg.smaxHi === S32_MAX && reg.smaxLo === -1;
	if (!lowest) text += ` smin=${decimal(reg.sminHi, reg.sminLo)}`;
	if (!highest) text += ` smax=${decimal(reg.smaxHi, reg.smaxLo)}`;
	if (lowest && highest) text += " unknown scalar value";
	return env.fail(EINVAL, "return/out-of-range", `${text} should have been in [${min}, ${max}]`);
}

/** Whether both signed bounds lie in [min, max], small numbers. */
function isWithin(reg: Reg, min: number, max: number): boolean {
	return (
		reg.sminHi === reg.sminLo >> 31 &&
		reg.sminLo >= min &&
		reg.smaxHi === reg.smaxLo >> 31 &&
		reg.smaxLo <= max
	);
}

/** Whether the low half's signed bounds lie in [min, max]: LSM hooks return an int. */
function isLowWithin(reg: Reg, min: number, max: number): boolean {
	return reg.s32Min >= min && reg.s32Max <= max;
}

/** check_return_code for the main program, a global function or an asynchronous callback. */
export function checkReturnCode(env: Env, precision: Precision, regno = 0): number {
	const frame = frameOf(env.cur, 0);
	// Functions of struct_ops may return nothing.
	const main = frame.subprog === 0 || frame.inExceptionCallback;
	if (main && env.request.type === STRUCT_OPS && env.target?.returns === 0) return 0;
	const error = checkSource(env, regno);
	if (error < 0) return error;
	const reg = curReg(env, regno);
	const isSubprog = frame.subprog !== 0;
	let range: { readonly min: number; readonly max: number } | undefined;
	let where = "At program exit";
	if (frame.inAsyncCallback) {
		range = { min: frame.retMin, max: frame.retMax };
		where = "At async callback return";
	} else if (isSubprog && !frame.inExceptionCallback) {
		if (reg.type === SCALAR_VALUE) return 0;
		return env.fail(
			EINVAL,
			"return/not-scalar",
			`At subprogram exit the register R${regno} is not a scalar value (${typeName(reg.type)})`,
		);
	} else range = env.target?.range ?? returnRange(env.request.type, env.request.expectedAttachType);
	if (!range) return strangeTracing(env);
	if (reg.type !== SCALAR_VALUE)
		return env.fail(
			EINVAL,
			"return/not-scalar",
			`${where} the register R${regno} is not a known value (${typeName(reg.type)})`,
		);
	const marked = precision.markReg(regno);
	if (marked < 0) return marked;
	const { type, expectedAttachType } = env.request;
	const low = type === LSM && expectedAttachType !== LSM_CGROUP;
	if (low ? isLowWithin(reg, range.min, range.max) : isWithin(reg, range.min, range.max)) return 0;
	const out = invalidScalar(env, reg, range.min, range.max, where, `R${regno}`);
	const isVoid = env.target?.returns === 0;
	if (!isSubprog && type === LSM && expectedAttachType === LSM_CGROUP && isVoid)
		env.note("Note, BPF_LSM_CGROUP that attach to void LSM hooks can't modify return value!\n");
	return out;
}

/** Tracing programs that ask for a place which is none of theirs get as far as this. */
function strangeTracing(env: Env): number {
	const { type, expectedAttachType } = env.request;
	if (type !== TRACING || tracingAttach.has(expectedAttachType)) return 0;
	env.failure ??= { errno: ENOTSUPP, reason: "attach/target", pc: env.pc };
	return -ENOTSUPP;
}

/** prepare_func_exit: back to the caller, or to the helper that called back. */
function leaveFunction(env: Env, tools: ExitTools): number {
	const { cur } = env;
	tools.live.update();
	const callee = topFrame(cur);
	const caller = frameOf(cur, cur.curframe - 1);
	const result = regOf(callee, 0);
	if (result.type === PTR_TO_STACK)
		return env.fail(EINVAL, "return/stack-pointer", "cannot return stack pointer to the caller");
	if (callee.inCallback) {
		const error = checkCallbackResult(env, tools.precision, callee, result);
		if (error < 0) return error;
	} else copyReg(regOf(caller, 0), result);
	const target = callee.inCallback ? callee.callsite : callee.callsite + 1;
	if (env.log?.steps) env.log.returned(cur, target);
	const { inCallback } = callee;
	cur.curframe--;
	tools.live.resetChain();
	env.pc = target - 1;
	if (!inCallback) return 0;
	const previous = previousEntry(env, target, cur);
	if (previous) widenImprecise(tools.equality, previous, cur);
	return 0;
}

function checkCallbackResult(env: Env, precision: Precision, callee: Frame, reg: Reg): number {
	if (reg.type !== SCALAR_VALUE)
		return env.fail(EACCES, "return/not-scalar", "R0 not a scalar value");
	const error = precision.markReg(0);
	if (error < 0) return error;
	if (!isWithin(reg, callee.retMin, callee.retMax))
		return invalidScalar(env, reg, callee.retMin, callee.retMax, "At callback return", "R0");
	if (env.facts.callsCallback[callee.callsite] !== 1)
		return env.fail(EFAULT, "internal/callback", "verifier bug: callback without caller");
	return 0;
}
