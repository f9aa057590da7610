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
	MEM_RCU,
	MEM_RDONLY,
	mayBeNull,
	PTR_MAYBE_NULL,
	PTR_TO_ARENA,
	PTR_TO_BTF_ID,
	PTR_TO_CTX,
	PTR_TO_MEM,
	PTR_TRUSTED,
	PTR_UNTRUSTED,
	type Reg,
	SCALAR_VALUE,
	setKnown,
	setUnknown,
	typeName,
} from "./reg.ts";
import type { StackTools } from "./stack.ts";
import type { Frame } from "./state.ts";
import { regOf } from "./state.ts";
import { holdsStruct } from "./walk.ts";

/** Puts the arguments into the registers of `frame`, as a function verified by itself sees them. */
export function assumeArguments(env: Env, frame: Frame, list: readonly Argument[]): number {
	for (const [i, argument] of list.entries()) {
		const reg = regOf(frame, i + 1);
		if (argument.kind === "unsupported") return env.giveUp(argument.what);
		// An address in the arena may as well come as a number.
		if (argument.kind === "scalar" || argument.kind === "arena") setUnknown(reg);
		else if (argument.kind === "dynptr") setDynptr(reg, DYNPTR_LOCAL, true, ++env.idGen);
		else assumePointer(env, reg, argument);
	}
	return 0;
}

function assumePointer(env: Env, reg: Reg, argument: Argument): void {
	setKnown(reg, 0, 0);
	switch (argument.kind) {
		case "memory":
			reg.type = PTR_TO_MEM | (argument.orNull ? PTR_MAYBE_NULL : 0);
			reg.size = argument.size;
			if (argument.orNull) reg.id = ++env.idGen;
			return;
		case "trusted":
			reg.type = PTR_TO_BTF_ID | PTR_TRUSTED | (argument.orNull ? PTR_MAYBE_NULL : 0);
			reg.btf = argument.btf;
			reg.id = ++env.idGen;
			return;
		case "untrusted":
			reg.type = argument.btf
				? PTR_TO_BTF_ID | PTR_UNTRUSTED
				: PTR_TO_MEM | MEM_RDONLY | PTR_UNTRUSTED;
			reg.btf = argument.btf;
			if (argument.btf) reg.id = ++env.idGen;
			return;
		default:
			reg.type = PTR_TO_CTX;
	}
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
		case "trusted": {
			if (isNull(reg) && argument.orNull) return 0;
			const error = checkTrusted(env, reg, regno, argument.btf, argument.orNull);
			return error < 0 ? error : checkPointerOffset(env, reg, regno);
		}
		case "untrusted":
			// What is only read with care may point anywhere.
			return 0;
		case "arena":
			return reg.type === PTR_TO_ARENA || reg.type === SCALAR_VALUE
				? 0
				: wrong(`R${regno} is not a pointer to arena or scalar.`);
		default:
			return env.giveUp(argument.what);
	}
}

const trustedTypes = [PTR_TO_BTF_ID, PTR_TO_BTF_ID | PTR_TRUSTED, PTR_TO_BTF_ID | MEM_RCU];

/** check_reg_type of a BTF pointer that a function wants trusted. */
function checkTrusted(env: Env, reg: Reg, regno: number, btf: number, orNull: boolean): number {
	const refuse = (text: string) => env.fail(EACCES, "call/argument", text);
	const type = orNull ? reg.type & ~PTR_MAYBE_NULL : reg.type;
	if (!trustedTypes.includes(type))
		return refuse(
			`R${regno} type=${typeName(reg.type)} expected=${trustedTypes.map(typeName).join(", ")}`,
		);
	const { kernel } = env;
	const say = (message: string) => env.note(`${message}\n`);
	if (kernel && reg.btf > 0 && holdsStruct(kernel, reg.btf, reg.off, btf, false, true, say))
		return 0;
	return refuse(`R${regno} is of type ${env.btfName(reg.btf)} but ${env.btfName(btf)} is expected`);
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
	return error;
}
