// Conditional jumps between two scalars: which way one goes (is_scalar_branch_taken) and what each way teaches
// (regs_refine_cond_op, reg_set_min_max in kernel/bpf/verifier.c). Knows no registers, pointers or paths.

import * as isa from "../isa/index.ts";
import { checkBounds, syncBounds } from "./bounds.ts";
import { isConst, isConst32, type Scalar, unbound } from "./scalar.ts";
import { tnumIntersect, tnumOverlap, tnumOverlap32 } from "./tnum.ts";
import { slt, ult } from "./wide.ts";

/** The false branch of BPF_JSET, for which the instruction set has no operation. */
const NOT_JSET = isa.BPF_JSET | isa.BPF_X;

/** Which way a jump goes: 1 taken, 0 not taken, -1 either. */
export type Taken = 1 | 0 | -1;

/** `op` (without class and source bits) for swapped operands (flip_opcode). */
export function flipOp(op: number): number {
	switch (op) {
		case isa.BPF_JGE:
			return isa.BPF_JLE;
		case isa.BPF_JGT:
			return isa.BPF_JLT;
		case isa.BPF_JLE:
			return isa.BPF_JGE;
		case isa.BPF_JLT:
			return isa.BPF_JGT;
		case isa.BPF_JSGE:
			return isa.BPF_JSLE;
		case isa.BPF_JSGT:
			return isa.BPF_JSLT;
		case isa.BPF_JSLE:
			return isa.BPF_JSGE;
		case isa.BPF_JSLT:
			return isa.BPF_JSGT;
		default:
			return op;
	}
}

/** The opposite of `op` (rev_opcode). */
function reverseOp(op: number): number {
	switch (op) {
		case isa.BPF_JEQ:
			return isa.BPF_JNE;
		case isa.BPF_JNE:
			return isa.BPF_JEQ;
		case isa.BPF_JSET:
			return NOT_JSET;
		case NOT_JSET:
			return isa.BPF_JSET;
		case isa.BPF_JGE:
			return isa.BPF_JLT;
		case isa.BPF_JGT:
			return isa.BPF_JLE;
		case isa.BPF_JLE:
			return isa.BPF_JGT;
		case isa.BPF_JLT:
			return isa.BPF_JGE;
		case isa.BPF_JSGE:
			return isa.BPF_JSLT;
		case isa.BPF_JSGT:
			return isa.BPF_JSLE;
		case isa.BPF_JSLE:
			return isa.BPF_JSGT;
		default:
			return isa.BPF_JSGE;
	}
}

/** Which way `if (a op b)` goes, as far as the bounds tell. `op` is without class and source bits. */
export function branchTaken(a: Scalar, b: Scalar, op: number, jmp32: boolean): Taken {
	switch (op) {
		case isa.BPF_JEQ:
			return equality(a, b, jmp32);
		case isa.BPF_JNE: {
			const equal = equality(a, b, jmp32);
			return equal === -1 ? -1 : equal === 1 ? 0 : 1;
		}
		case isa.BPF_JSET:
			return bitTest(a, b, jmp32);
		case isa.BPF_JGT:
			return jmp32 ? less32u(b, a) : less64u(b, a);
		case isa.BPF_JLT:
			return jmp32 ? less32u(a, b) : less64u(a, b);
		case isa.BPF_JGE:
			return not(jmp32 ? less32u(a, b) : less64u(a, b));
		case isa.BPF_JLE:
			return not(jmp32 ? less32u(b, a) : less64u(b, a));
		case isa.BPF_JSGT:
			return jmp32 ? less32s(b, a) : less64s(b, a);
		case isa.BPF_JSLT:
			return jmp32 ? less32s(a, b) : less64s(a, b);
		case isa.BPF_JSGE:
			return not(jmp32 ? less32s(a, b) : less64s(a, b));
		case isa.BPF_JSLE:
			return not(jmp32 ? less32s(b, a) : less64s(b, a));
		default:
			return -1;
	}
}

function not(taken: Taken): Taken {
	return taken === -1 ? -1 : taken === 1 ? 0 : 1;
}

function less32u(a: Scalar, b: Scalar): Taken {
	if (a.u32Max >>> 0 < b.u32Min >>> 0) return 1;
	return a.u32Min >>> 0 >= b.u32Max >>> 0 ? 0 : -1;
}

function less32s(a: Scalar, b: Scalar): Taken {
	if (a.s32Max < b.s32Min) return 1;
	return a.s32Min >= b.s32Max ? 0 : -1;
}

function less64u(a: Scalar, b: Scalar): Taken {
	if (ult(a.umaxHi, a.umaxLo, b.uminHi, b.uminLo)) return 1;
	return ult(a.uminHi, a.uminLo, b.umaxHi, b.umaxLo) ? -1 : 0;
}

function less64s(a: Scalar, b: Scalar): Taken {
	if (slt(a.smaxHi, a.smaxLo, b.sminHi, b.sminLo)) return 1;
	return slt(a.sminHi, a.sminLo, b.smaxHi, b.smaxLo) ? -1 : 0;
}

function apart32(a: Scalar, b: Scalar): boolean {
	return (
		a.u32Min >>> 0 > b.u32Max >>> 0 ||
		a.u32Max >>> 0 < b.u32Min >>> 0 ||
		a.s32Min > b.s32Max ||
		a.s32Max < b.s32Min
	);
}

function apart64(a: Scalar, b: Scalar): boolean {
	return (
		ult(b.umaxHi, b.umaxLo, a.uminHi, a.uminLo) ||
		ult(a.umaxHi, a.umaxLo, b.uminHi, b.uminLo) ||
		slt(b.smaxHi, b.smaxLo, a.sminHi, a.sminLo) ||
		slt(a.smaxHi, a.smaxLo, b.sminHi, b.sminLo)
	);
}

function equality(a: Scalar, b: Scalar, jmp32: boolean): Taken {
	if (jmp32) {
		if ((a.maskLo | b.maskLo) === 0) return a.valueLo === b.valueLo ? 1 : 0;
		return !tnumOverlap32(a, b) || apart32(a, b) ? 0 : -1;
	}
	if ((a.maskHi | a.maskLo | b.maskHi | b.maskLo) === 0)
		return a.valueHi === b.valueHi && a.valueLo === b.valueLo ? 1 : 0;
	return !tnumOverlap(a, b) || apart64(a, b) || apart32(a, b) ? 0 : -1;
}

/** is_reg_const */
function isKnown(s: Scalar, jmp32: boolean): boolean {
	return jmp32 ? isConst32(s) : isConst(s);
}

function bitTest(a: Scalar, b: Scalar, jmp32: boolean): Taken {
	let tested = a;
	let bits = b;
	if (!isKnown(bits, jmp32)) {
		tested = b;
		bits = a;
	}
	if (!isKnown(bits, jmp32)) return -1;
	const hi = jmp32 ? 0 : bits.valueHi;
	const lo = bits.valueLo;
	if (((tested.valueHi & hi) | (tested.valueLo & lo)) !== 0) return 1;
	return ((tested.maskHi & hi) | (tested.maskLo & lo)) === 0 ? 0 : -1;
}

/**
 * What `a op b` being true teaches about both (regs_refine_cond_op). `op` is without class and source bits; NOT_JSET
 * stands for the false branch of BPF_JSET. Bounds are not synced.
 */
function refine(a: Scalar, b: Scalar, op: number, jmp32: boolean): void {
	switch (op) {
		case isa.BPF_JGE:
		case isa.BPF_JGT:
		case isa.BPF_JSGE:
		case isa.BPF_JSGT:
			if (jmp32) refine32(b, a, flipOp(op));
			else refine64(b, a, flipOp(op));
			break;
		default:
			if (jmp32) refine32(a, b, op);
			else refine64(a, b, op);
	}
}

function refine32(a: Scalar, b: Scalar, op: number): void {
	switch (op) {
		case isa.BPF_JEQ:
			refineEqual32(a, b);
			break;
		case isa.BPF_JNE:
			if (isConst32(b)) refineUnequal32(a, b.valueLo);
			else if (isConst32(a)) refineUnequal32(b, a.valueLo);
			break;
		case isa.BPF_JSET:
		case NOT_JSET:
			if (isConst32(b)) refineBits(a, op, 0, b.valueLo);
			else if (isConst32(a)) refineBits(b, op, 0, a.valueLo);
			break;
		case isa.BPF_JLE:
			refineLess32u(a, b, 0);
			break;
		case isa.BPF_JLT:
			refineLess32u(a, b, 1);
			break;
		case isa.BPF_JSLE:
			refineLess32s(a, b, 0);
			break;
		case isa.BPF_JSLT:
			refineLess32s(a, b, 1);
			break;
	}
}

function refine64(a: Scalar, b: Scalar, op: number): void {
	switch (op) {
		case isa.BPF_JEQ:
			refineEqual64(a, b);
			break;
		case isa.BPF_JNE:
			if (isConst(b)) refineUnequal64(a, b.valueHi, b.valueLo);
			else if (isConst(a)) refineUnequal64(b, a.valueHi, a.valueLo);
			break;
		case isa.BPF_JSET:
		case NOT_JSET:
			if (isConst(b)) refineBits(a, op, b.valueHi, b.valueLo);
			else if (isConst(a)) refineBits(b, op, a.valueHi, a.valueLo);
			break;
		case isa.BPF_JLE:
			refineLessEqual64u(a, b);
			break;
		case isa.BPF_JLT:
			refineLess64u(a, b);
			break;
		case isa.BPF_JSLE:
			refineLessEqual64s(a, b);
			break;
		case isa.BPF_JSLT:
			refineLess64s(a, b);
			break;
	}
}

function refineEqual32(a: Scalar, b: Scalar): void {
	if (a.u32Min >>> 0 < b.u32Min >>> 0) a.u32Min = b.u32Min;
	if (a.u32Max >>> 0 > b.u32Max >>> 0) a.u32Max = b.u32Max;
	if (a.s32Min < b.s32Min) a.s32Min = b.s32Min;
	if (a.s32Max > b.s32Max) a.s32Max = b.s32Max;
	b.u32Min = a.u32Min;
	b.u32Max = a.u32Max;
	b.s32Min = a.s32Min;
	b.s32Max = a.s32Max;
	a.maskLo = b.maskLo = a.maskLo & b.maskLo;
	a.valueLo = b.valueLo = (a.valueLo | b.valueLo) & ~a.maskLo;
}

function refineEqual64(a: Scalar, b: Scalar): void {
	if (ult(a.uminHi, a.uminLo, b.uminHi, b.uminLo)) setUmin(a, b.uminHi, b.uminLo);
	if (ult(b.umaxHi, b.umaxLo, a.umaxHi, a.umaxLo)) setUmax(a, b.umaxHi, b.umaxLo);
	if (slt(a.sminHi, a.sminLo, b.sminHi, b.sminLo)) setSmin(a, b.sminHi, b.sminLo);
	if (slt(b.smaxHi, b.smaxLo, a.smaxHi, a.smaxLo)) setSmax(a, b.smaxHi, b.smaxLo);
	setUmin(b, a.uminHi, a.uminLo);
	setUmax(b, a.umaxHi, a.umaxLo);
	setSmin(b, a.sminHi, a.sminLo);
	setSmax(b, a.smaxHi, a.smaxLo);
	tnumIntersect(a, a, b);
	tnumIntersect(b, a, a);
}

function setUmin(s: Scalar, hi: number, lo: number): void {
	s.uminHi = hi;
	s.uminLo = lo;
}

function setUmax(s: Scalar, hi: number, lo: number): void {
	s.umaxHi = hi;
	s.umaxLo = lo;
}

function setSmin(s: Scalar, hi: number, lo: number): void {
	s.sminHi = hi;
	s.sminLo = lo;
}

function setSmax(s: Scalar, hi: number, lo: number): void {
	s.smaxHi = hi;
	s.smaxLo = lo;
}

/** A number that is at the edge of a range is not in it. */
function refineUnequal32(s: Scalar, lo: number): void {
	if (s.u32Min === lo) s.u32Min = (s.u32Min + 1) | 0;
	if (s.u32Max === lo) s.u32Max = (s.u32Max - 1) | 0;
	if (s.s32Min === lo) s.s32Min = (s.s32Min + 1) | 0;
	if (s.s32Max === lo) s.s32Max = (s.s32Max - 1) | 0;
}

function refineUnequal64(s: Scalar, hi: number, lo: number): void {
	const nextHi = lo === -1 ? (hi + 1) | 0 : hi;
	const lastHi = lo === 0 ? (hi - 1) | 0 : hi;
	if (s.uminHi === hi && s.uminLo === lo) setUmin(s, nextHi, (lo + 1) | 0);
	if (s.umaxHi === hi && s.umaxLo === lo) setUmax(s, lastHi, (lo - 1) | 0);
	if (s.sminHi === hi && s.sminLo === lo) setSmin(s, nextHi, (lo + 1) | 0);
	if (s.smaxHi === hi && s.smaxLo === lo) setSmax(s, lastHi, (lo - 1) | 0);
}

/** A single tested bit is set on the true branch; on the false one none is. */
function refineBits(s: Scalar, op: number, hi: number, lo: number): void {
	if (op === NOT_JSET) {
		unbound(s);
		s.valueHi &= ~hi;
		s.maskHi &= ~hi;
		s.valueLo &= ~lo;
		s.maskLo &= ~lo;
	} else if (isSingleBit(hi, lo)) {
		s.valueHi |= hi;
		s.maskHi &= ~hi;
		s.valueLo |= lo;
		s.maskLo &= ~lo;
	}
}

function isSingleBit(hi: number, lo: number): boolean {
	if (hi === 0) return lo !== 0 && (lo & (lo - 1)) === 0;
	return lo === 0 && (hi & (hi - 1)) === 0;
}

/** a + strict <= b in the low halves, unsigned; overflow wraps as in the kernel. */
function refineLess32u(a: Scalar, b: Scalar, strict: number): void {
	const max = (b.u32Max - strict) | 0;
	if (a.u32Max >>> 0 > max >>> 0) a.u32Max = max;
	const min = (a.u32Min + strict) | 0;
	if (b.u32Min >>> 0 < min >>> 0) b.u32Min = min;
}

function refineLess32s(a: Scalar, b: Scalar, strict: number): void {
	const max = (b.s32Max - strict) | 0;
	if (a.s32Max > max) a.s32Max = max;
	const min = (a.s32Min + strict) | 0;
	if (b.s32Min < min) b.s32Min = min;
}

function refineLessEqual64u(a: Scalar, b: Scalar): void {
	if (ult(b.umaxHi, b.umaxLo, a.umaxHi, a.umaxLo)) setUmax(a, b.umaxHi, b.umaxLo);
	if (ult(b.uminHi, b.uminLo, a.uminHi, a.uminLo)) setUmin(b, a.uminHi, a.uminLo);
}

function refineLessEqual64s(a: Scalar, b: Scalar): void {
	if (slt(b.smaxHi, b.smaxLo, a.smaxHi, a.smaxLo)) setSmax(a, b.smaxHi, b.smaxLo);
	if (slt(b.sminHi, b.sminLo, a.sminHi, a.sminLo)) setSmin(b, a.sminHi, a.sminLo);
}

function refineLess64u(a: Scalar, b: Scalar): void {
	const maxHi = b.umaxLo === 0 ? (b.umaxHi - 1) | 0 : b.umaxHi;
	const maxLo = (b.umaxLo - 1) | 0;
	if (ult(maxHi, maxLo, a.umaxHi, a.umaxLo)) setUmax(a, maxHi, maxLo);
	const minHi = a.uminLo === -1 ? (a.uminHi + 1) | 0 : a.uminHi;
	const minLo = (a.uminLo + 1) | 0;
	if (ult(b.uminHi, b.uminLo, minHi, minLo)) setUmin(b, minHi, minLo);
}

function refineLess64s(a: Scalar, b: Scalar): void {
	const maxHi = b.smaxLo === 0 ? (b.smaxHi - 1) | 0 : b.smaxHi;
	const maxLo = (b.smaxLo - 1) | 0;
	if (slt(maxHi, maxLo, a.smaxHi, a.smaxLo)) setSmax(a, maxHi, maxLo);
	const minHi = a.sminLo === -1 ? (a.sminHi + 1) | 0 : a.sminHi;
	const minLo = (a.sminLo + 1) | 0;
	if (slt(b.sminHi, b.sminLo, minHi, minLo)) setSmin(b, minHi, minLo);
}

/**
 * reg_set_min_max: refines four copies of the operands of `if (a op b)`, two for the true and two for the false branch.
 * Returns the log's lines about contradictions, usually none.
 */
export function setMinMax(
	trueA: Scalar,
	trueB: Scalar,
	falseA: Scalar,
	falseB: Scalar,
	op: number,
	jmp32: boolean,
): string[] | undefined {
	refine(falseA, falseB, reverseOp(op), jmp32);
	syncBounds(falseA);
	syncBounds(falseB);
	refine(trueA, trueB, op, jmp32);
	syncBounds(trueA);
	syncBounds(trueB);
	const faults = [
		checkBounds(trueA, "true_reg1"),
		checkBounds(trueB, "true_reg2"),
		checkBounds(falseA, "false_reg1"),
		checkBounds(falseB, "false_reg2"),
	].filter((fault) => fault !== undefined);
	return faults.length > 0 ? faults : undefined;
}
