// Arithmetic instructions: operands, moves with their widths, scalars (check_alu_op of the kernel). Arithmetic with
// pointers is in pointer.ts.

import * as isa from "../isa/index.ts";
import { adjustScalar, forkWidth } from "./alu.ts";
import {
	checkBounds,
	coerceSubregToSizeSx,
	coerceToSizeSx,
	syncBounds,
	zeroExtend32,
} from "./bounds.ts";
import type { Env } from "./env.ts";
import { curReg, EACCES, EFAULT, EINVAL } from "./env.ts";
import { assignScalarId, checkDest, checkDestUnknown, checkSource } from "./operand.ts";
import { pushBranch } from "./paths.ts";
import { adjustPointer } from "./pointer.ts";
import type { Precision } from "./precision.ts";
import {
	BPF_ADD_CONST,
	BPF_ADD_CONST32,
	BPF_ADD_CONST64,
	copyReg,
	PTR_TO_ARENA,
	type Reg,
	regWidth,
	SCALAR_VALUE,
	setKnown,
	setUnknown,
} from "./reg.ts";
import { markKnown32, S32_MIN } from "./scalar.ts";
import { regOf, topFrame } from "./state.ts";
import { isSwapNothing, swapBytes } from "./swap.ts";
import { adjustedOperators } from "./words.ts";

function reserved(env: Env, name: string): number {
	return env.fail(EINVAL, "insn/reserved-fields", `${name} uses reserved fields`);
}

/** One ALU or ALU64 instruction. */
export function checkAlu(env: Env, precision: Precision, pc: number): number {
	const op = (env.code.opcode[pc] as number) & 0xf0;
	if (op === isa.BPF_END || op === isa.BPF_NEG) return checkUnary(env, pc, op);
	if (op === isa.BPF_MOV) return checkMove(env, pc);
	if (op > isa.BPF_END)
		return env.fail(EINVAL, "insn/unknown", `invalid BPF_ALU opcode ${op.toString(16)}`);
	const error = checkBinary(env, pc, op);
	if (error < 0) return error;
	const result = adjust(env, precision, pc, op);
	return result < 0 ? result : sanityCheck(env, curReg(env, env.code.dst[pc] as number), "alu");
}

/** reg_bounds_sanity_check: contradictory bounds are forgotten, or refused when the program asked for that. */
export function sanityCheck(env: Env, reg: Reg, where: string): number {
	const fault = checkBounds(reg, where);
	if (fault === undefined) return 0;
	return invariantFault(env, fault);
}

/** What the log says of contradictory bounds; -EFAULT when the program asked to be told. */
export function invariantFault(env: Env, fault: string): number {
	if (env.testInvariants) return env.fail(EFAULT, "internal/invariants", `verifier bug: ${fault}`);
	env.log?.write(`verifier bug: ${fault}\n`);
	return 0;
}

function checkUnary(env: Env, pc: number, op: number): number {
	const opcode = env.code.opcode[pc] as number;
	const imm = env.code.imm[pc] as number;
	const rest = (env.code.src[pc] as number) | (env.code.off[pc] as number);
	const dst = env.code.dst[pc] as number;
	if (op === isa.BPF_NEG) {
		if ((opcode & isa.BPF_X) !== 0 || rest !== 0 || imm !== 0) return reserved(env, "BPF_NEG");
	} else if (
		rest !== 0 ||
		(imm !== 16 && imm !== 32 && imm !== 64) ||
		((opcode & 7) === isa.BPF_ALU64 && (opcode & isa.BPF_X) !== 0)
	)
		return reserved(env, "BPF_END");
	const error = checkSource(env, dst);
	if (error < 0) return error;
	const reg = curReg(env, dst);
	if (reg.type !== SCALAR_VALUE) return checkDestUnknown(env, dst);
	const destError = checkDest(env, dst);
	if (destError < 0) return destError;
	if (op === isa.BPF_NEG) adjustScalar(opcode, reg, reg);
	else swapBytes(reg, opcode, imm);
	if (op === isa.BPF_NEG || !isSwapNothing(opcode, imm)) clearId(reg);
	return sanityCheck(env, reg, "alu");
}

function clearId(reg: Reg): void {
	reg.id = 0;
	reg.off = 0;
}

function checkMove(env: Env, pc: number): number {
	const opcode = env.code.opcode[pc] as number;
	const { off, imm, src, dst } = fields(env, pc);
	const wide = (opcode & 7) === isa.BPF_ALU64;
	if ((opcode & isa.BPF_X) === 0) {
		if (src !== 0 || off !== 0) return reserved(env, "BPF_MOV");
		const error = checkDest(env, dst);
		if (error < 0) return error;
		const reg = curReg(env, dst);
		setUnknown(reg);
		setKnown(reg, wide ? imm >> 31 : 0, imm);
		return 0;
	}
	if (wide && off === 1) return checkCast(env, pc);
	if ((off !== 0 && off !== 8 && off !== 16 && !(wide && off === 32)) || imm !== 0)
		return reserved(env, "BPF_MOV");
	const error = checkSource(env, src) || checkDest(env, dst);
	if (error < 0) return error;
	const frame = topFrame(env.cur);
	const from = regOf(frame, src);
	const to = regOf(frame, dst);
	if (!wide) moveNarrow(env, to, from, off);
	else if (off === 0) {
		assignScalarId(env, from);
		if (to !== from) copyReg(to, from);
	} else if (from.type === SCALAR_VALUE) {
		copyForSignExtension(env, to, from, off);
		coerceToSizeSx(to, off >> 3);
	} else setUnknown(to);
	return sanityCheck(env, to, "alu");
}

/** Between an address as user space has it (1) and as the kernel has it (0). */
function checkCast(env: Env, pc: number): number {
	const { imm, src, dst } = fields(env, pc);
	const refuse = (message: string) => env.fail(EINVAL, "arena/cast", message);
	if (imm !== 1 && imm !== 1 << 16)
		return refuse("addr_space_cast insn can only convert between address space 1 and 0");
	if (env.arena === 0)
		return refuse(
			"addr_space_cast insn can only be used in a program that has an associated arena",
		);
	const error = checkSource(env, src) || checkDest(env, dst);
	if (error < 0) return error;
	const to = curReg(env, dst);
	setUnknown(to);
	if (imm === 1) to.type = PTR_TO_ARENA;
	return 0;
}

function fields(env: Env, pc: number): { off: number; imm: number; src: number; dst: number } {
	return {
		off: env.code.off[pc] as number,
		imm: env.code.imm[pc] as number,
		src: env.code.src[pc] as number,
		dst: env.code.dst[pc] as number,
	};
}

/** w1 = w2, w1 = (s8)w2, w1 = (s16)w2. */
function moveNarrow(env: Env, to: Reg, from: Reg, off: number): void {
	if (from.type !== SCALAR_VALUE) {
		setUnknown(to);
	} else if (off === 0) {
		const fits = regWidth(from) <= 32;
		if (fits) assignScalarId(env, from);
		copyReg(to, from);
		if (!fits) clearId(to);
	} else {
		copyForSignExtension(env, to, from, off);
		coerceSubregToSizeSx(to, off >> 3);
	}
	zeroExtend32(to);
	syncBounds(to);
}

/** The copy keeps its identity only when the sign bit is surely clear, so that nothing changes. */
function copyForSignExtension(env: Env, to: Reg, from: Reg, bits: number): void {
	const same = from.umaxHi === 0 && from.umaxLo >>> 0 < 2 ** (bits - 1);
	if (same) assignScalarId(env, from);
	copyReg(to, from);
	if (!same) clearId(to);
}

function checkBinary(env: Env, pc: number, op: number): number {
	const opcode = env.code.opcode[pc] as number;
	const { off, imm, src, dst } = fields(env, pc);
	const register = (opcode & isa.BPF_X) !== 0;
	const division = op === isa.BPF_DIV || op === isa.BPF_MOD;
	if ((off !== 0 && !(off === 1 && division)) || (register ? imm !== 0 : src !== 0))
		return reserved(env, "BPF_ALU");
	if (register) {
		const error = checkSource(env, src);
		if (error < 0) return error;
	}
	const error = checkSource(env, dst);
	if (error < 0) return error;
	if (division && !register && imm === 0)
		return env.fail(EINVAL, "alu/division-by-zero", "div by zero");
	const shift = op === isa.BPF_LSH || op === isa.BPF_RSH || op === isa.BPF_ARSH;
	const width = (opcode & 7) === isa.BPF_ALU64 ? 64 : 32;
	if (shift && !register && (imm < 0 || imm >= width))
		return env.fail(EINVAL, "alu/shift", `invalid shift ${imm}`);
	return checkDest(env, dst);
}

/** adjust_reg_min_max_vals. */
function adjust(env: Env, precision: Precision, pc: number, op: number): number {
	const opcode = env.code.opcode[pc] as number;
	const register = (opcode & isa.BPF_X) !== 0;
	const frame = topFrame(env.cur);
	const dst = env.code.dst[pc] as number;
	const src = env.code.src[pc] as number;
	const to = regOf(frame, dst);
	if (!register) {
		const imm = env.code.imm[pc] as number;
		const constant = env.operand;
		setKnown(constant, imm >> 31, imm);
		constant.type = SCALAR_VALUE;
		if (to.type === PTR_TO_ARENA) return 0;
		if (to.type !== SCALAR_VALUE) return adjustPointer(env, pc, to, constant);
		return adjustScalars(env, pc, to, constant, false);
	}
	const from = regOf(frame, src);
	// Any arithmetic does on an address that cannot harm.
	if (to.type === PTR_TO_ARENA) return 0;
	if (from.type !== SCALAR_VALUE) {
		if (to.type !== SCALAR_VALUE) {
			if (op === isa.BPF_SUB) {
				setUnknown(to);
				return 0;
			}
			return env.fail(
				EACCES,
				"pointer/arithmetic",
				`R${dst} pointer ${adjustedOperators[op >> 4]} pointer prohibited`,
			);
		}
		const error = precision.markReg(dst);
		if (error < 0) return error;
		copyReg(env.offset, to);
		return adjustPointer(env, pc, from, env.offset);
	}
	if (to.type !== SCALAR_VALUE) {
		const error = precision.markReg(src);
		return error < 0 ? error : adjustPointer(env, pc, to, from);
	}
	if (to.precise) {
		const error = precision.markReg(src);
		if (error < 0) return error;
	}
	return adjustScalars(env, pc, to, from, src === dst);
}

function adjustScalars(env: Env, pc: number, to: Reg, from: Reg, same: boolean): number {
	const opcode = env.code.opcode[pc] as number;
	const fork = forkWidth(opcode, to, from);
	if (fork !== 0) {
		const error = forkScalar(env, pc, to, fork);
		if (error < 0) return error;
	}
	const delta = same ? undefined : linkDelta(opcode, to, from);
	const { id } = to;
	if (!adjustScalar(opcode, to, from)) {
		setUnknown(to);
		return 0;
	}
	if (delta === undefined) clearId(to);
	else {
		to.id = id | ((opcode & 7) === isa.BPF_ALU64 ? BPF_ADD_CONST64 : BPF_ADD_CONST32);
		to.off = delta;
	}
	return 0;
}

/**
 * The constant that the sum or difference adds to a register that has an identity and no such constant yet, when both
 * are to go on learning together; undefined otherwise.
 */
function linkDelta(opcode: number, to: Reg, from: Reg): number | undefined {
	const op = opcode & 0xf0;
	const wide = (opcode & 7) === isa.BPF_ALU64;
	if ((op !== isa.BPF_ADD && op !== isa.BPF_SUB) || to.id === 0) return undefined;
	if ((to.id & BPF_ADD_CONST) !== 0) return undefined;
	if (wide) {
		if ((from.maskHi | from.maskLo) !== 0 || from.valueHi !== from.valueLo >> 31) return undefined;
	} else if (from.maskLo !== 0 || to.umaxHi !== 0) return undefined;
	if (op === isa.BPF_ADD) return from.valueLo;
	return from.valueLo === S32_MIN ? undefined : -from.valueLo;
}

/** maybe_fork_scalars: -1 or 0 goes on as two paths. */
function forkScalar(env: Env, pc: number, to: Reg, width: 32 | 64): number {
	const branch = pushBranch(env, pc, pc);
	if (!branch) return -7;
	const other = regOf(topFrame(branch), env.code.dst[pc] as number);
	if (width === 32) {
		markKnown32(other, 0);
		markKnown32(to, -1);
	} else {
		setKnown(other, 0, 0);
		setKnown(to, -1, -1);
	}
	return 0;
}
