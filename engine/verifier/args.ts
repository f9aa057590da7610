// Arguments of the program's functions: registers as a global one finds them, and whether a call fits
// (btf_check_func_arg_match of the kernel).

import { dynptrArgument } from "./dynptr.ts";
import { DYNPTR_LOCAL, setDynptr } from "./dynslots.ts";
import type { Argument, Env, Subprog } from "./env.ts";
import { curReg, EACCES, EINVAL } from "./env.ts";
import { checkHelperMemory } from "./helpermem.ts";
import { markNotNull } from "./null.ts";
import { checkPointerOffset } from "./offset.ts";
import { functionArguments } from "./prototype.ts";
import {
	copyReg,
	isNull,
	mayBeNull,
	PTR_MAYBE_NULL,
	PTR_TO_CTX,
	PTR_TO_MEM,
	type Reg,
	SCALAR_VALUE,
	setKnown,
	setUnknown,
} from "./reg.ts";
import type { StackTools } from "./stack.ts";
import type { Frame } from "./state.ts";
import { regOf } from "./state.ts";

/** Puts the arguments into the registers of `frame`, as a function verified by itself sees them. */
export function assumeArguments(env: Env, frame: Frame, list: readonly Argument[]): number {
	for (const [i, argument] of list.entries()) {
		const reg = regOf(frame, i + 1);
		if (argument.kind === "unsupported") return env.giveUp(argument.what);
		if (argument.kind === "scalar") setUnknown(reg);
		else if (argument.kind === "dynptr") setDynptr(reg, DYNPTR_LOCAL, true, ++env.idGen);
		else {
			setKnown(reg, 0, 0);
			reg.type = PTR_TO_CTX;
			if (argument.kind === "memory") {
				reg.type = PTR_TO_MEM | (argument.orNull ? PTR_MAYBE_NULL : 0);
				reg.size = argument.size;
				reg.id = ++env.idGen;
			}
		}
	}
	return 0;
}

/** Whether the caller's registers fit the arguments of `subprog`; what does not fit is in the log. */
export function checkArguments(env: Env, tools: StackTools, subprog: Subprog): number {
	const list = functionArguments(env, subprog);
	if (typeof list === "number") return list;
	for (const [i, argument] of list.entries()) {
		const error = checkOne(env, tools, argument, i);
		if (error < 0) return error;
	}
	return 0;
}

function checkOne(env: Env, tools: StackTools, argument: Argument, index: number): number {
	const regno = index + 1;
	const reg = curReg(env, regno);
	const wrong = (text: string) => {
		env.note(`${text}\n`);
		return -EINVAL;
	};
	switch (argument.kind) {
		case "scalar":
			return reg.type === SCALAR_VALUE ? 0 : wrong(`R${regno} is not a scalar`);
		case "context": {
			const error = checkPointerOffset(env, reg, regno);
			if (error < 0) return error;
			return reg.type === PTR_TO_CTX ? 0 : wrong(`arg#${index} expects pointer to ctx`);
		}
		case "dynptr": {
			const error = checkPointerOffset(env, reg, regno);
			if (error < 0) return error;
			return dynptrArgument(env, tools, regno, { makes: false, keeps: true, kind: 0, cloneRef: 0 });
		}
		case "memory": {
			const error = checkPointerOffset(env, reg, regno);
			if (error < 0) return error;
			if (checkMemory(env, tools, reg, regno, argument.size) < 0) return -EINVAL;
			if (!argument.orNull && mayBeNull(reg.type))
				return wrong(`arg#${index} is expected to be non-NULL`);
			return 0;
		}
		default:
			return env.giveUp(argument.what);
	}
}

/** check_mem_reg: memory that may be read and written, or null. */
export function checkMemory(
	env: Env,
	tools: StackTools,
	reg: Reg,
	regno: number,
	size: number,
): number {
	if (isNull(reg)) return 0;
	const orNull = mayBeNull(reg.type);
	if (orNull) {
		copyReg(env.offset, reg);
		markNotNull(env, reg);
	}
	const error =
		checkHelperMemory(env, tools, regno, size, false, true, undefined) ||
		checkHelperMemory(env, tools, regno, size, true, true, undefined);
	if (orNull) copyReg(reg, env.offset);
	return error < 0 ? -EACCES : 0;
}
