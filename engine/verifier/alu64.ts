// The 64-bit bounds of arithmetic on two scalars (scalar_min_max_* in kernel/bpf/verifier.c). Each function changes `d`
// from `d op s`; known bits are the caller's affair except for shifts. 32-bit bounds: alu32.ts.

import { updateBounds } from "./bounds.ts";
import { isConst, markKnown, S32_MAX, S32_MIN, Scalar, unbound32, unbound64 } from "./scalar.ts";
import { tnumArshift, tnumLshift, tnumRshift } from "./tnum.ts";
import * as wide from "./wide.ts";

const { addHi, mulHi, slt, subHi, ult } = wide;

function unboundSigned64(d: Scalar): void {
	d.sminHi = S32_MIN;
	d.sminLo = 0;
	d.smaxHi = S32_MAX;
	d.smaxLo = -1;
}

export function unboundUnsigned64(d: Scalar): void {
	d.uminHi = d.uminLo = 0;
	d.umaxHi = d.umaxLo = -1;
}

export function addSigned64(d: Scalar, a: Scalar, s: Scalar): void {
	const minLo = (a.sminLo + s.sminLo) | 0;
	const minHi = addHi(a.sminHi, a.sminLo, s.sminHi, minLo);
	const maxLo = (a.smaxLo + s.smaxLo) | 0;
	const maxHi = addHi(a.smaxHi, a.smaxLo, s.smaxHi, maxLo);
	const minOver = (a.sminHi ^ minHi) & (s.sminHi ^ minHi);
	const maxOver = (a.smaxHi ^ maxHi) & (s.smaxHi ^ maxHi);
	if ((minOver | maxOver) < 0) {
		unboundSigned64(d);
		return;
	}
	d.sminHi = minHi;
	d.sminLo = minLo;
	d.smaxHi = maxHi;
	d.smaxLo = maxLo;
}

export function subSigned64(d: Scalar, a: Scalar, s: Scalar): void {
	const minLo = (a.sminLo - s.smaxLo) | 0;
	const minHi = subHi(a.sminHi, a.sminLo, s.smaxHi, s.smaxLo);
	const maxLo = (a.smaxLo - s.sminLo) | 0;
	const maxHi = subHi(a.smaxHi, a.smaxLo, s.sminHi, s.sminLo);
	const minOver = (a.sminHi ^ s.smaxHi) & (a.sminHi ^ minHi);
	const maxOver = (a.smaxHi ^ s.sminHi) & (a.smaxHi ^ maxHi);
	if ((minOver | maxOver) < 0) {
		unboundSigned64(d);
		return;
	}
	d.sminHi = minHi;
	d.sminLo = minLo;
	d.smaxHi = maxHi;
	d.smaxLo = maxLo;
}

/** Sums that overflow at both ends still form a range. */
export function add64(d: Scalar, s: Scalar): void {
	addSigned64(d, d, s);
	const minLo = (d.uminLo + s.uminLo) | 0;
	const minHi = addHi(d.uminHi, d.uminLo, s.uminHi, minLo);
	const maxLo = (d.umaxLo + s.umaxLo) | 0;
	const maxHi = addHi(d.umaxHi, d.umaxLo, s.umaxHi, maxLo);
	if (!ult(minHi, minLo, d.uminHi, d.uminLo) && ult(maxHi, maxLo, d.umaxHi, d.umaxLo)) {
		unboundUnsigned64(d);
		return;
	}
	d.uminHi = minHi;
	d.uminLo = minLo;
	d.umaxHi = maxHi;
	d.umaxLo = maxLo;
}

/** Differences that underflow at both ends still form a range. */
export function sub64(d: Scalar, s: Scalar): void {
	subSigned64(d, d, s);
	const minUnder = ult(d.uminHi, d.uminLo, s.umaxHi, s.umaxLo);
	if (minUnder && !ult(d.umaxHi, d.umaxLo, s.uminHi, s.uminLo)) {
		unboundUnsigned64(d);
		return;
	}
	const minHi = subHi(d.uminHi, d.uminLo, s.umaxHi, s.umaxLo);
	const maxHi = subHi(d.umaxHi, d.umaxLo, s.uminHi, s.uminLo);
	d.uminLo = (d.uminLo - s.umaxLo) | 0;
	d.uminHi = minHi;
	d.umaxLo = (d.umaxLo - s.uminLo) | 0;
	d.umaxHi = maxHi;
}

const range = new Scalar();

/** Widens the signed bounds of `range` by one product; false when it overflows. */
function addProduct(ah: number, al: number, bh: number, bl: number, first: boolean): boolean {
	if (wide.smulOverflows(ah, al, bh, bl)) return false;
	const hi = mulHi(ah, al, bh, bl);
	const lo = Math.imul(al, bl);
	if (first || slt(hi, lo, range.sminHi, range.sminLo)) {
		range.sminHi = hi;
		range.sminLo = lo;
	}
	if (first || slt(range.smaxHi, range.smaxLo, hi, lo)) {
		range.smaxHi = hi;
		range.smaxLo = lo;
	}
	return true;
}

export function mul64(d: Scalar, s: Scalar): void {
	if (
		wide.umulOverflows(d.umaxHi, d.umaxLo, s.umaxHi, s.umaxLo) ||
		wide.umulOverflows(d.uminHi, d.uminLo, s.uminHi, s.uminLo)
	)
		unboundUnsigned64(d);
	else {
		const maxHi = mulHi(d.umaxHi, d.umaxLo, s.umaxHi, s.umaxLo);
		const minHi = mulHi(d.uminHi, d.uminLo, s.uminHi, s.uminLo);
		d.umaxLo = Math.imul(d.umaxLo, s.umaxLo);
		d.uminLo = Math.imul(d.uminLo, s.uminLo);
		d.umaxHi = maxHi;
		d.uminHi = minHi;
	}
	if (
		addProduct(d.sminHi, d.sminLo, s.sminHi, s.sminLo, true) &&
		addProduct(d.sminHi, d.sminLo, s.smaxHi, s.smaxLo, false) &&
		addProduct(d.smaxHi, d.smaxLo, s.sminHi, s.sminLo, false) &&
		addProduct(d.smaxHi, d.smaxLo, s.smaxHi, s.smaxLo, false)
	) {
		d.sminHi = range.sminHi;
		d.sminLo = range.sminLo;
		d.smaxHi = range.smaxHi;
		d.smaxLo = range.smaxLo;
	} else unboundSigned64(d);
}

/** Signed bounds of a bitwise result from its unsigned ones, when those do not cross the sign. */
function signedFromUnsigned(d: Scalar): void {
	if (slt(d.umaxHi, d.umaxLo, d.uminHi, d.uminLo)) {
		unboundSigned64(d);
		return;
	}
	d.sminHi = d.uminHi;
	d.sminLo = d.uminLo;
	d.smaxHi = d.umaxHi;
	d.smaxLo = d.umaxLo;
}

export function and64(d: Scalar, s: Scalar): void {
	if (isConst(s) && isConst(d)) {
		markKnown(d, d.valueHi, d.valueLo);
		return;
	}
	d.uminHi = d.valueHi;
	d.uminLo = d.valueLo;
	if (ult(s.umaxHi, s.umaxLo, d.umaxHi, d.umaxLo)) {
		d.umaxHi = s.umaxHi;
		d.umaxLo = s.umaxLo;
	}
	signedFromUnsigned(d);
	updateBounds(d);
}

export function or64(d: Scalar, s: Scalar): void {
	if (isConst(s) && isConst(d)) {
		markKnown(d, d.valueHi, d.valueLo);
		return;
	}
	if (ult(d.uminHi, d.uminLo, s.uminHi, s.uminLo)) {
		d.uminHi = s.uminHi;
		d.uminLo = s.uminLo;
	}
	d.umaxHi = d.valueHi | d.maskHi;
	d.umaxLo = d.valueLo | d.maskLo;
	signedFromUnsigned(d);
	updateBounds(d);
}

export function xor64(d: Scalar, s: Scalar): void {
	if (isConst(s) && isConst(d)) {
		markKnown(d, d.valueHi, d.valueLo);
		return;
	}
	d.uminHi = d.valueHi;
	d.uminLo = d.valueLo;
	d.umaxHi = d.valueHi | d.maskHi;
	d.umaxLo = d.valueLo | d.maskLo;
	signedFromUnsigned(d);
	updateBounds(d);
}

/** Left shift by a known number from 0 to 63. A shift by 32 keeps the signed bounds of the low half. */
export function lsh64(d: Scalar, n: number): void {
	if (n === 32) {
		d.smaxHi = d.s32Max;
		d.sminHi = d.s32Min;
		d.smaxLo = d.sminLo = 0;
	} else unboundSigned64(d);
	const topHi = wide.shlHi(0, 1, 63 - n);
	const topLo = wide.shlLo(1, 63 - n);
	if (ult(topHi, topLo, d.umaxHi, d.umaxLo)) unboundUnsigned64(d);
	else {
		d.uminHi = wide.shlHi(d.uminHi, d.uminLo, n);
		d.uminLo = wide.shlLo(d.uminLo, n);
		d.umaxHi = wide.shlHi(d.umaxHi, d.umaxLo, n);
		d.umaxLo = wide.shlLo(d.umaxLo, n);
	}
	lshBounds32(d, n);
	tnumLshift(d, d, n);
	updateBounds(d);
}

/** __scalar32_min_max_lsh, also of use to the 32-bit shift. */
export function lshBounds32(d: Scalar, n: number): void {
	d.s32Min = S32_MIN;
	d.s32Max = S32_MAX;
	if (n > 31 || d.u32Max >>> 0 > (1 << (31 - n)) >>> 0) {
		d.u32Min = 0;
		d.u32Max = -1;
	} else {
		d.u32Min <<= n;
		d.u32Max <<= n;
	}
}

/** Logical right shift by a known number from 0 to 63. */
export function rsh64(d: Scalar, n: number): void {
	unboundSigned64(d);
	tnumRshift(d, d, n);
	d.uminLo = wide.shrLo(d.uminHi, d.uminLo, n);
	d.uminHi = wide.shrHi(d.uminHi, n);
	d.umaxLo = wide.shrLo(d.umaxHi, d.umaxLo, n);
	d.umaxHi = wide.shrHi(d.umaxHi, n);
	unbound32(d);
	updateBounds(d);
}

/** Arithmetic right shift by a known number from 0 to 63. */
export function arsh64(d: Scalar, n: number): void {
	const { sminHi, sminLo, smaxHi, smaxLo } = d;
	tnumArshift(d, d, n);
	unbound64(d);
	d.sminLo = wide.sarLo(sminHi, sminLo, n);
	d.sminHi = wide.sarHi(sminHi, n);
	d.smaxLo = wide.sarLo(smaxHi, smaxLo, n);
	d.smaxHi = wide.sarHi(smaxHi, n);
	unbound32(d);
	updateBounds(d);
}
