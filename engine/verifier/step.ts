// One instruction of the current path (do_check_insn of the kernel). Leaves `env.pc` at the instruction before the next.

import * as isa from "../isa/index.ts";
import { checkAlu } from "./arith.ts";
import { checkCall } from "./call.ts";
import type { Env } from "./env.ts";
import { curReg, EINVAL, subprogStarting } from "./env.ts";
import type { Equality } from "./equal.ts";
import { leave, leaveByLegacyLoad, leaveByTailCall, leaveByThrow } from "./exit.ts";
import { isTailCall } from "./graph.ts";
import { checkHelper } from "./helper.ts";
import { checkJump } from "./jump.ts";
import { checkKfunc } from "./kfunc.ts";
import { allowedUnderLock, callsKfunc } from "./kfuncs.ts";
import { loadKernelSymbol } from "./ksym.ts";
import type { LiveStack } from "./livestack.ts";
import { MAP_ARENA, type MapFacts } from "./maps.ts";
import { checkDestUnknown } from "./operand.ts";
import type { Precision } from "./precision.ts";
import { CONST_PTR_TO_MAP, PTR_TO_FUNC, PTR_TO_MAP_VALUE, setKnown, setUnknown } from "./reg.ts";
import { checkAtomic, checkLegacyLoad, checkLoad, checkStore, checkStoreImm } from "./store.ts";

/** Everything the instructions work with. */
export interface Tools {
	readonly precision: Precision;
	readonly equality: Equality;
	readonly live: LiveStack;
}

/** Checks the instruction at `env.pc`. 0: go on, PROGRAM_LEFT: the path is finished, negative: rejected. */
export function step(env: Env, tools: Tools): number {
	const { pc } = env;
	const opcode = env.code.opcode[pc] as number;
	switch (opcode & 7) {
		case isa.BPF_ALU:
		case isa.BPF_ALU64:
			return checkAlu(env, tools.precision, pc);
		case isa.BPF_LDX:
			return checkLoad(env, tools, pc);
		case isa.BPF_STX:
			if ((opcode & 0xe0) === isa.BPF_ATOMIC) return checkAtomic(env, tools, pc);
			if ((opcode & 0xe0) !== isa.BPF_MEM || env.code.imm[pc] !== 0)
				return env.fail(EINVAL, "insn/reserved-fields", "BPF_STX uses reserved fields");
			return checkStore(env, tools, pc);
		case isa.BPF_ST:
			return checkStoreImm(env, tools, pc);
		case isa.BPF_LD:
			return checkImmediate(env, tools, pc, opcode);
		default:
			return checkBranch(env, tools, pc, opcode);
	}
}

function checkBranch(env: Env, tools: Tools, pc: number, opcode: number): number {
	env.jumpsProcessed++;
	const op = opcode & 0xf0;
	const narrow = (opcode & 7) === isa.BPF_JMP32;
	const register = (opcode & isa.BPF_X) !== 0;
	const off = env.code.off[pc] as number;
	const imm = env.code.imm[pc] as number;
	const src = env.code.src[pc] as number;
	const dst = env.code.dst[pc] as number;
	const reserved = (name: string) =>
		env.fail(EINVAL, "insn/reserved-fields", `${name} uses reserved fields`);
	switch (op) {
		case isa.BPF_CALL:
			if (register || (src !== 2 && off !== 0) || src > 2 || dst !== 0 || narrow)
				return reserved("BPF_CALL");
			return callAny(env, tools, pc, src);
		case isa.BPF_JA:
			if (register || src !== 0 || dst !== 0 || (narrow ? off : imm) !== 0)
				return reserved("BPF_JA");
			env.pc += narrow ? imm : off;
			return 0;
		case isa.BPF_EXIT:
			if (register || imm !== 0 || src !== 0 || dst !== 0 || narrow) return reserved("BPF_EXIT");
			return leave(env, tools);
		default:
			return checkJump(env, tools.precision, tools.equality, pc);
	}
}

const SPIN_UNLOCK = 94;

function callAny(env: Env, tools: Tools, pc: number, src: number): number {
	const id = env.code.imm[pc] as number;
	const forbidden = src === 0 ? id !== SPIN_UNLOCK : src === 2 && !allowedUnderLock(env, pc);
	if (env.cur.activeLocks > 0 && forbidden)
		return env.fail(
			EINVAL,
			"lock/call-while-held",
			"function calls are not allowed while holding a lock",
		);
	let error: number;
	if (src === isa.BPF_PSEUDO_CALL) error = checkCall(env, tools, pc);
	else if (src === isa.BPF_PSEUDO_KFUNC_CALL)
		// Kfunc 0 is refused only when it is still there after dead code is removed.
		error = id === 0 ? 0 : checkKfunc(env, tools, pc);
	else error = checkHelper(env, tools, pc);
	if (error === 0 && isTailCall(env, pc)) error = leaveByTailCall(env, tools);
	if (error < 0) return error;
	env.scratchReg(0);
	return callsKfunc(env, pc, "bpf_throw") ? leaveByThrow(env) : 0;
}

/** ld_imm64 in its forms, and the legacy packet loads. */
function checkImmediate(env: Env, tools: Tools, pc: number, opcode: number): number {
	const mode = opcode & 0xe0;
	if (mode === isa.BPF_ABS || mode === isa.BPF_IND)
		return checkLegacyLoad(env, pc) || leaveByLegacyLoad(env, tools);
	if (mode !== isa.BPF_IMM) return env.fail(EINVAL, "insn/unknown", "invalid BPF_LD mode");
	if ((opcode & 0x18) !== isa.BPF_DW)
		return env.fail(EINVAL, "insn/unknown", "invalid BPF_LD_IMM insn");
	if (env.code.off[pc] !== 0)
		return env.fail(EINVAL, "insn/reserved-fields", "BPF_LD_IMM64 uses reserved fields");
	const dst = env.code.dst[pc] as number;
	const error = checkDestUnknown(env, dst) || loadImmediate(env, pc, dst);
	if (error < 0) return error;
	env.pc++;
	return 0;
}

function loadImmediate(env: Env, pc: number, dst: number): number {
	const reg = curReg(env, dst);
	const src = env.code.src[pc] as number;
	const imm = env.code.imm[pc] as number;
	if (src === 0) {
		setKnown(reg, env.code.imm[pc + 1] as number, imm);
		return 0;
	}
	if (src === isa.BPF_PSEUDO_BTF_ID) return loadKernelSymbol(env, pc, reg);
	setKnown(reg, 0, 0);
	if (src === isa.BPF_PSEUDO_FUNC) {
		const subprog = subprogStarting(env, pc + imm + 1);
		if (env.request.functions.length === 0 || !env.btf)
			return env.fail(EINVAL, "callback/no-btf", "missing btf func_info");
		const func = env.btf.types[env.subprogs[subprog]?.typeId ?? 0];
		if (func?.kind === "func" && func.linkage !== "static")
			return env.fail(EINVAL, "callback/not-static", "callback function not static");
		reg.type = PTR_TO_FUNC;
		reg.size = subprog;
		return 0;
	}
	const index = env.facts.map[pc] as number;
	const map = env.maps[index] as MapFacts;
	reg.map = index;
	if (src === isa.BPF_PSEUDO_MAP_VALUE || src === isa.BPF_PSEUDO_MAP_IDX_VALUE) {
		if (map.type === MAP_ARENA) {
			setUnknown(reg);
			return 0;
		}
		reg.type = PTR_TO_MAP_VALUE;
		reg.off = env.facts.mapOff[pc] as number;
	} else reg.type = CONST_PTR_TO_MAP;
	return 0;
}
