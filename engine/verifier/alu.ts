// Arithmetic on scalars (adjust_scalar_min_max_vals in kernel/bpf/verifier.c) and the scalar part of pointer arithmetic.
// Takes the opcode byte and the operands; knows no registers, ids or precision.

import * as isa from "../isa/index.ts";
import * as alu32 from "./alu32.ts";
import * as alu64 from "./alu64.ts";
import { coerceToSize, syncBounds, zeroExtend32 } from "./bounds.ts";
import {
	copyScalar,
	isConst,
	isConst32,
	markKnown,
	markUnknown,
	Scalar,
	unbound,
	unbound32,
} from "./scalar.ts";
import * as tnum from "./tnum.ts";
import { addHi, ult } from "./wide.ts";

const CLASS = 0x07;
const OP = 0xf0;

/** is_safe_to_compute_dst_reg_range: whether the bounds of `dst op src` can be told at all. */
function isComputable(opcode: number, src: Scalar): boolean {
	const wide = (opcode & CLASS) === isa.BPF_ALU64;
	switch (opcode & OP) {
		case isa.BPF_ADD:
		case isa.BPF_SUB:
		case isa.BPF_NEG:
		case isa.BPF_AND:
		case isa.BPF_XOR:
		case isa.BPF_OR:
		case isa.BPF_MUL:
			return true;
		case isa.BPF_LSH:
		case isa.BPF_RSH:
		case isa.BPF_ARSH:
			return (
				(wide ? isSettled64(src) : isSettled32(src)) &&
				src.umaxHi === 0 &&
				src.umaxLo >>> 0 < (wide ? 64 : 32)
			);
		default:
			return false;
	}
}

function isSettled32(s: Scalar): boolean {
	return isConst32(s) && s.s32Min === s.s32Max && s.u32Min === s.u32Max;
}

function isSettled64(s: Scalar): boolean {
	return (
		isConst(s) &&
		((s.sminHi ^ s.smaxHi) | (s.sminLo ^ s.smaxLo)) === 0 &&
		((s.uminHi ^ s.umaxHi) | (s.uminLo ^ s.umaxLo)) === 0
	);
}

/**
 * maybe_fork_scalars: before AND and OR with a constant, a destination that is -1 or 0 is split into two paths, so that
 * the result is known on each. 0: no split; 64: the other path has 0 and this one -1; 32: the same of the low halves.
 */
export function forkWidth(opcode: number, dst: Scalar, src: Scalar): 0 | 32 | 64 {
	const op = opcode & OP;
	if ((op !== isa.BPF_AND && op !== isa.BPF_OR) || !isConst(src)) return 0;
	if ((dst.sminHi & dst.sminLo) === -1 && (dst.smaxHi | dst.smaxLo) === 0) return 64;
	return dst.s32Min === -1 && dst.s32Max === 0 ? 32 : 0;
}

const source = new Scalar();

/**
 * dst = dst op src. `src` is not changed and may be `dst` itself. Returns false, with `dst` unknown, where the kernel
 * does not compute the result: division, remainder, shifts by a number that is not known or too large.
 */
export function adjustScalar(opcode: number, dst: Scalar, src: Scalar): boolean {
	if (!isComputable(opcode, src)) {
		markUnknown(dst);
		return false;
	}
	const wide = (opcode & CLASS) === isa.BPF_ALU64;
	if (foldConst(opcode, wide, dst, src)) return true;
	let operand = src;
	if (dst === src) {
		copyScalar(source, src);
		operand = source;
	}
	compute(opcode & OP, wide, dst, operand);
	if (!wide) zeroExtend32(dst);
	syncBounds(dst);
	return true;
}

/** Sums, differences and bitwise operations of two constants, which need no bounds. */
function foldConst(opcode: number, wide: boolean, dst: Scalar, src: Scalar): boolean {
	if ((dst.maskLo | src.maskLo) !== 0 || (wide && (dst.maskHi | src.maskHi) !== 0)) return false;
	switch (opcode & OP) {
		case isa.BPF_ADD:
			tnum.tnumAdd(dst, dst, src);
			break;
		case isa.BPF_SUB:
			tnum.tnumSub(dst, dst, src);
			break;
		case isa.BPF_AND:
			tnum.tnumAnd(dst, dst, src);
			break;
		case isa.BPF_OR:
			tnum.tnumOr(dst, dst, src);
			break;
		case isa.BPF_XOR:
			tnum.tnumXor(dst, dst, src);
			break;
		default:
			return false;
	}
	markKnown(dst, wide ? dst.valueHi : 0, dst.valueLo);
	return true;
}

function compute(op: number, wide: boolean, dst: Scalar, src: Scalar): void {
	switch (op) {
		case isa.BPF_ADD:
			alu32.add32(dst, src);
			alu64.add64(dst, src);
			tnum.tnumAdd(dst, dst, src);
			break;
		case isa.BPF_SUB:
			alu32.sub32(dst, src);
			alu64.sub64(dst, src);
			tnum.tnumSub(dst, dst, src);
			break;
		case isa.BPF_NEG:
			negate(dst);
			break;
		case isa.BPF_MUL:
			tnum.tnumMul(dst, dst, src);
			alu32.mul32(dst, src);
			alu64.mul64(dst, src);
			break;
		case isa.BPF_AND:
			tnum.tnumAnd(dst, dst, src);
			alu32.and32(dst, src);
			alu64.and64(dst, src);
			break;
		case isa.BPF_OR:
			tnum.tnumOr(dst, dst, src);
			alu32.or32(dst, src);
			alu64.or64(dst, src);
			break;
		case isa.BPF_XOR:
			tnum.tnumXor(dst, dst, src);
			alu32.xor32(dst, src);
			alu64.xor64(dst, src);
			break;
		default:
			shift(op, wide, dst, wide ? src.uminLo : src.u32Min);
	}
}

function shift(op: number, wide: boolean, dst: Scalar, n: number): void {
	if (op === isa.BPF_LSH) wide ? alu64.lsh64(dst, n) : alu32.lsh32(dst, n);
	else if (op === isa.BPF_RSH) wide ? alu64.rsh64(dst, n) : alu32.rsh32(dst, n);
	else wide ? alu64.arsh64(dst, n) : alu32.arsh32(dst, n);
}

/**
 * scalar_byte_swap: BPF_END on `dst`, with `size` 16, 32 or 64, for a little-endian machine. Of a swap only the known
 * bits are carried over; bounds are found from them again.
 */
export function swapBytes(opcode: number, dst: Scalar, size: number): void {
	if ((opcode & CLASS) === isa.BPF_ALU64 || (opcode & isa.BPF_X) !== 0) {
		tnum.tnumSwap(dst, dst, size);
		unbound(dst);
	}
	if (size < 64) coerceToSize(dst, size / 8);
	syncBounds(dst);
}

const negated = new Scalar();

/** Zero minus the number. */
function negate(dst: Scalar): void {
	copyScalar(negated, dst);
	markKnown(dst, 0, 0);
	alu32.sub32(dst, negated);
	alu64.sub64(dst, negated);
	tnum.tnumNeg(dst, negated);
}

/** Whether the bounds of a scalar that is added to a pointer are usable (the first test of adjust_ptr_min_max_vals). */
export function isUsableOffset(off: Scalar): boolean {
	if (isConst(off) && !isSettled64(off)) return false;
	return (
		!ult(off.umaxHi, off.umaxLo, off.uminHi, off.uminLo) &&
		!(off.smaxHi === off.sminHi ? off.smaxLo >>> 0 < off.sminLo >>> 0 : off.smaxHi < off.sminHi)
	);
}

/** The fixed offset of a pointer after a constant is added (sign 1) or subtracted (-1), if it stays an int32. */
export function fixedOffset(fixed: number, off: Scalar, sign: 1 | -1): number | undefined {
	if (!isConst(off)) return undefined;
	// Beyond 2^53 the double is inexact, but then far from any int32.
	const sum = fixed + sign * (off.sminHi * 0x100000000 + (off.sminLo >>> 0));
	return sum === (sum | 0) ? sum | 0 : undefined;
}

/** dst = ptr + off: the variable part of a pointer sum. 32-bit bounds are forgotten; not synced. `dst` may be either. */
export function addOffset(dst: Scalar, ptr: Scalar, off: Scalar): void {
	const minLo = (ptr.uminLo + off.uminLo) | 0;
	const minHi = addHi(ptr.uminHi, ptr.uminLo, off.uminHi, minLo);
	const maxLo = (ptr.umaxLo + off.umaxLo) | 0;
	const maxHi = addHi(ptr.umaxHi, ptr.umaxLo, off.umaxHi, maxLo);
	const over =
		ult(minHi, minLo, ptr.uminHi, ptr.uminLo) || ult(maxHi, maxLo, ptr.umaxHi, ptr.umaxLo);
	tnum.tnumAdd(dst, ptr, off);
	alu64.addSigned64(dst, ptr, off);
	setUnsigned(dst, over, minHi, minLo, maxHi, maxLo);
	unbound32(dst);
}

/** dst = ptr - off, as addOffset. */
export function subOffset(dst: Scalar, ptr: Scalar, off: Scalar): void {
	const over = ult(ptr.uminHi, ptr.uminLo, off.umaxHi, off.umaxLo);
	copyScalar(source, ptr);
	alu64.sub64(source, off);
	const { uminHi, uminLo, umaxHi, umaxLo } = source;
	tnum.tnumSub(dst, ptr, off);
	alu64.subSigned64(dst, ptr, off);
	setUnsigned(dst, over, uminHi, uminLo, umaxHi, umaxLo);
	unbound32(dst);
}

function setUnsigned(
	dst: Scalar,
	over: boolean,
	minHi: number,
	minLo: number,
	maxHi: number,
	maxLo: number,
): void {
	if (over) {
		alu64.unboundUnsigned64(dst);
		return;
	}
	dst.uminHi = minHi;
	dst.uminLo = minLo;
	dst.umaxHi = maxHi;
	dst.umaxLo = maxLo;
}
