// Operations on known bits (kernel/bpf/tnum.c). A tnum is the value and mask of a Scalar: operations take Scalars, read
// only those four fields and write only those four fields of `to`, which may be one of the operands. Knows no bounds.

import { Scalar } from "./scalar.ts";
import { addHi, mulHi, sarHi, sarLo, shlHi, shlLo, shrHi, shrLo, subHi, ult } from "./wide.ts";

function set(to: Scalar, valueHi: number, valueLo: number, maskHi: number, maskLo: number): void {
	to.valueHi = valueHi;
	to.valueLo = valueLo;
	to.maskHi = maskHi;
	to.maskLo = maskLo;
}

export function tnumConst(to: Scalar, hi: number, lo: number): void {
	set(to, hi, lo, 0, 0);
}

function tnumCopy(to: Scalar, a: Scalar): void {
	set(to, a.valueHi, a.valueLo, a.maskHi, a.maskLo);
}

/** All bits from the highest set one down. */
export function smear(x: number): number {
	return x === 0 ? 0 : (-1 >>> Math.clz32(x)) | 0;
}

/** The fewest unknown bits that hold all numbers from min to max, unsigned. */
export function tnumRange(to: Scalar, minHi: number, minLo: number, maxHi: number, maxLo: number) {
	const hi = smear(minHi ^ maxHi);
	const lo = hi !== 0 ? -1 : smear(minLo ^ maxLo);
	set(to, minHi & ~hi, minLo & ~lo, hi, lo);
}

export function tnumAdd(to: Scalar, a: Scalar, b: Scalar): void {
	const maskLo = (a.maskLo + b.maskLo) | 0;
	const maskHi = addHi(a.maskHi, a.maskLo, b.maskHi, maskLo);
	const valueLo = (a.valueLo + b.valueLo) | 0;
	const valueHi = addHi(a.valueHi, a.valueLo, b.valueHi, valueLo);
	const sumLo = (maskLo + valueLo) | 0;
	const sumHi = addHi(maskHi, maskLo, valueHi, sumLo);
	const muHi = (sumHi ^ valueHi) | a.maskHi | b.maskHi;
	const muLo = (sumLo ^ valueLo) | a.maskLo | b.maskLo;
	set(to, valueHi & ~muHi, valueLo & ~muLo, muHi, muLo);
}

export function tnumSub(to: Scalar, a: Scalar, b: Scalar): void {
	const valueLo = (a.valueLo - b.valueLo) | 0;
	const valueHi = subHi(a.valueHi, a.valueLo, b.valueHi, b.valueLo);
	const mostLo = (valueLo + a.maskLo) | 0;
	const mostHi = addHi(valueHi, valueLo, a.maskHi, mostLo);
	const leastLo = (valueLo - b.maskLo) | 0;
	const leastHi = subHi(valueHi, valueLo, b.maskHi, b.maskLo);
	const muHi = (mostHi ^ leastHi) | a.maskHi | b.maskHi;
	const muLo = (mostLo ^ leastLo) | a.maskLo | b.maskLo;
	set(to, valueHi & ~muHi, valueLo & ~muLo, muHi, muLo);
}

const zero = new Scalar();
tnumConst(zero, 0, 0);

export function tnumNeg(to: Scalar, a: Scalar): void {
	tnumSub(to, zero, a);
}

export function tnumAnd(to: Scalar, a: Scalar, b: Scalar): void {
	const hi = a.valueHi & b.valueHi;
	const lo = a.valueLo & b.valueLo;
	const maskHi = (a.valueHi | a.maskHi) & (b.valueHi | b.maskHi) & ~hi;
	const maskLo = (a.valueLo | a.maskLo) & (b.valueLo | b.maskLo) & ~lo;
	set(to, hi, lo, maskHi, maskLo);
}

export function tnumOr(to: Scalar, a: Scalar, b: Scalar): void {
	const hi = a.valueHi | b.valueHi;
	const lo = a.valueLo | b.valueLo;
	set(to, hi, lo, (a.maskHi | b.maskHi) & ~hi, (a.maskLo | b.maskLo) & ~lo);
}

export function tnumXor(to: Scalar, a: Scalar, b: Scalar): void {
	const muHi = a.maskHi | b.maskHi;
	const muLo = a.maskLo | b.maskLo;
	set(to, (a.valueHi ^ b.valueHi) & ~muHi, (a.valueLo ^ b.valueLo) & ~muLo, muHi, muLo);
}

export function tnumLshift(to: Scalar, a: Scalar, n: number): void {
	const valueHi = shlHi(a.valueHi, a.valueLo, n);
	const maskHi = shlHi(a.maskHi, a.maskLo, n);
	set(to, valueHi, shlLo(a.valueLo, n), maskHi, shlLo(a.maskLo, n));
}

export function tnumRshift(to: Scalar, a: Scalar, n: number): void {
	const valueLo = shrLo(a.valueHi, a.valueLo, n);
	const maskLo = shrLo(a.maskHi, a.maskLo, n);
	set(to, shrHi(a.valueHi, n), valueLo, shrHi(a.maskHi, n), maskLo);
}

export function tnumArshift(to: Scalar, a: Scalar, n: number): void {
	const valueLo = sarLo(a.valueHi, a.valueLo, n);
	const maskLo = sarLo(a.maskHi, a.maskLo, n);
	set(to, sarHi(a.valueHi, n), valueLo, sarHi(a.maskHi, n), maskLo);
}

/** tnum_arshift with 32 bits: of the low half, the high half becoming zero. */
export function tnumArshift32(to: Scalar, a: Scalar, n: number): void {
	set(to, 0, a.valueLo >> n, 0, a.maskLo >> n);
}

export function tnumIntersect(to: Scalar, a: Scalar, b: Scalar): void {
	const muHi = a.maskHi & b.maskHi;
	const muLo = a.maskLo & b.maskLo;
	set(to, (a.valueHi | b.valueHi) & ~muHi, (a.valueLo | b.valueLo) & ~muLo, muHi, muLo);
}

/** The fewest unknown bits that hold the numbers of both. */
export function tnumUnion(to: Scalar, a: Scalar, b: Scalar): void {
	const muHi = (a.valueHi ^ b.valueHi) | a.maskHi | b.maskHi;
	const muLo = (a.valueLo ^ b.valueLo) | a.maskLo | b.maskLo;
	set(to, a.valueHi & b.valueHi & ~muHi, a.valueLo & b.valueLo & ~muLo, muHi, muLo);
}

const multiplier = new Scalar();
const multiplicand = new Scalar();
const sum = new Scalar();
const withAddend = new Scalar();

/**
 * Long multiplication over the bits of `a`: a bit known to be one adds `b`, an unknown one joins the sums with and
 * without it. Not symmetric in its operands.
 */
export function tnumMul(to: Scalar, a: Scalar, b: Scalar): void {
	if ((a.maskHi | a.maskLo | b.maskHi | b.maskLo) === 0) {
		const hi = mulHi(a.valueHi, a.valueLo, b.valueHi, b.valueLo);
		tnumConst(to, hi, Math.imul(a.valueLo, b.valueLo));
		return;
	}
	tnumCopy(multiplier, a);
	tnumCopy(multiplicand, b);
	tnumConst(sum, 0, 0);
	while ((multiplier.valueHi | multiplier.valueLo | multiplier.maskHi | multiplier.maskLo) !== 0) {
		if ((multiplier.valueLo & 1) !== 0) tnumAdd(sum, sum, multiplicand);
		else if ((multiplier.maskLo & 1) !== 0) {
			tnumAdd(withAddend, sum, multiplicand);
			tnumUnion(sum, sum, withAddend);
		}
		tnumRshift(multiplier, multiplier, 1);
		tnumLshift(multiplicand, multiplicand, 1);
	}
	tnumCopy(to, sum);
}

/** Keeps the low `size` bytes (1, 2 or 4), zero above. */
export function tnumCast(to: Scalar, a: Scalar, size: number): void {
	const keep = size === 4 ? -1 : (1 << (size * 8)) - 1;
	set(to, 0, a.valueLo & keep, 0, a.maskLo & keep);
}

/**
 * tnum_step: into the value of `to`, the smallest number of `a` above z; its largest one when there is none. `to` is not
 * `a`. The offset of z from the smallest number is counted on over the unknown bits alone, known ones passing the carry.
 */
export function tnumStep(to: Scalar, a: Scalar, zHi: number, zLo: number): void {
	const maxHi = a.valueHi | a.maskHi;
	const maxLo = a.valueLo | a.maskLo;
	if (!ult(zHi, zLo, maxHi, maxLo)) tnumConst(to, maxHi, maxLo);
	else if (ult(zHi, zLo, a.valueHi, a.valueLo)) tnumConst(to, a.valueHi, a.valueLo);
	else {
		const hi = subHi(zHi, zLo, a.valueHi, a.valueLo);
		const lo = (zLo - a.valueLo) | 0;
		const carryHi = smear(hi & ~a.maskHi);
		const carryLo = carryHi !== 0 ? -1 : smear(lo & ~a.maskLo);
		const filledLo = lo | carryLo | ~a.maskLo;
		const nextLo = (filledLo + 1) | 0;
		const nextHi = ((hi | carryHi | ~a.maskHi) + (nextLo === 0 ? 1 : 0)) | 0;
		tnumConst(to, a.valueHi | (nextHi & a.maskHi), a.valueLo | (nextLo & a.maskLo));
	}
}

function swap32(x: number): number {
	return (x << 24) | ((x & 0xff00) << 8) | ((x >>> 8) & 0xff00) | (x >>> 24);
}

/** The low 16, 32 or 64 bits in reverse order of bytes (tnum_bswap16, 32, 64), zero above. */
export function tnumSwap(to: Scalar, a: Scalar, bits: number): void {
	const value = swap32(a.valueLo);
	const mask = swap32(a.maskLo);
	if (bits === 64) set(to, value, swap32(a.valueHi), mask, swap32(a.maskHi));
	else if (bits === 32) set(to, 0, value, 0, mask);
	else set(to, 0, value >>> 16, 0, mask >>> 16);
}

/** Whether some number is in both, as far as known bits tell. */
export function tnumOverlap(a: Scalar, b: Scalar): boolean {
	const hi = (a.valueHi ^ b.valueHi) & ~(a.maskHi | b.maskHi);
	return (hi | ((a.valueLo ^ b.valueLo) & ~(a.maskLo | b.maskLo))) === 0;
}

/** tnumOverlap of the low halves. */
export function tnumOverlap32(a: Scalar, b: Scalar): boolean {
	return ((a.valueLo ^ b.valueLo) & ~(a.maskLo | b.maskLo)) === 0;
}

/** Whether every number of `b` is in `a`. */
export function tnumIn(a: Scalar, b: Scalar): boolean {
	if (((b.maskHi & ~a.maskHi) | (b.maskLo & ~a.maskLo)) !== 0) return false;
	return (b.valueHi & ~a.maskHi) === a.valueHi && (b.valueLo & ~a.maskLo) === a.valueLo;
}

/** Whether every number of `a` is a multiple of `size`, a power of two up to 2^31. */
export function tnumIsAligned(a: Scalar, size: number): boolean {
	return size === 0 || ((a.valueLo | a.maskLo) & (size - 1)) === 0;
}
