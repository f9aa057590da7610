// The 32-bit bounds of arithmetic on two scalars (scalar32_min_max_* in kernel/bpf/verifier.c). Each function changes `d`
// from `d op s`; known bits are the caller's affair except for shifts. 64-bit bounds: alu64.ts.

import { lshBounds32 } from "./alu64.ts";
import { updateBounds32 } from "./bounds.ts";
import { isConst32, markKnown32, S32_MAX, S32_MIN, type Scalar, unbound64 } from "./scalar.ts";
import { tnumArshift32, tnumCast, tnumLshift, tnumRshift } from "./tnum.ts";

/** Sets the signed bounds from exact sums, products or differences, or forgets them when those leave the range. */
function setSigned32(d: Scalar, min: number, max: number): void {
	if (min < S32_MIN || min > S32_MAX || max < S32_MIN || max > S32_MAX) {
		d.s32Min = S32_MIN;
		d.s32Max = S32_MAX;
	} else {
		d.s32Min = min | 0;
		d.s32Max = max | 0;
	}
}

export function add32(d: Scalar, s: Scalar): void {
	setSigned32(d, d.s32Min + s.s32Min, d.s32Max + s.s32Max);
	const min = (d.u32Min >>> 0) + (s.u32Min >>> 0);
	const max = (d.u32Max >>> 0) + (s.u32Max >>> 0);
	if (min <= 0xffffffff && max > 0xffffffff) {
		d.u32Min = 0;
		d.u32Max = -1;
	} else {
		d.u32Min = min | 0;
		d.u32Max = max | 0;
	}
}

export function sub32(d: Scalar, s: Scalar): void {
	setSigned32(d, d.s32Min - s.s32Max, d.s32Max - s.s32Min);
	const min = (d.u32Min >>> 0) - (s.u32Max >>> 0);
	const max = (d.u32Max >>> 0) - (s.u32Min >>> 0);
	if (min < 0 && max >= 0) {
		d.u32Min = 0;
		d.u32Max = -1;
	} else {
		d.u32Min = min | 0;
		d.u32Max = max | 0;
	}
}

/** Products of two 32-bit integers that a double rounds lie far outside of the 32-bit ranges. */
export function mul32(d: Scalar, s: Scalar): void {
	const umin = (d.u32Min >>> 0) * (s.u32Min >>> 0);
	const umax = (d.u32Max >>> 0) * (s.u32Max >>> 0);
	if (umin > 0xffffffff || umax > 0xffffffff) {
		d.u32Min = 0;
		d.u32Max = -1;
	} else {
		d.u32Min = umin | 0;
		d.u32Max = umax | 0;
	}
	const a = d.s32Min * s.s32Min;
	const b = d.s32Min * s.s32Max;
	const c = d.s32Max * s.s32Min;
	const e = d.s32Max * s.s32Max;
	setSigned32(d, Math.min(a, b, c, e), Math.max(a, b, c, e));
}

/** Signed bounds of a bitwise result from its unsigned ones, when those do not cross the sign. */
function signedFromUnsigned(d: Scalar): void {
	if (d.u32Min <= d.u32Max) {
		d.s32Min = d.u32Min;
		d.s32Max = d.u32Max;
	} else {
		d.s32Min = S32_MIN;
		d.s32Max = S32_MAX;
	}
}

export function and32(d: Scalar, s: Scalar): void {
	if (isConst32(s) && isConst32(d)) {
		markKnown32(d, d.valueLo);
		return;
	}
	d.u32Min = d.valueLo;
	if (d.u32Max >>> 0 > s.u32Max >>> 0) d.u32Max = s.u32Max;
	signedFromUnsigned(d);
}

export function or32(d: Scalar, s: Scalar): void {
	if (isConst32(s) && isConst32(d)) {
		markKnown32(d, d.valueLo);
		return;
	}
	if (d.u32Min >>> 0 < s.u32Min >>> 0) d.u32Min = s.u32Min;
	d.u32Max = d.valueLo | d.maskLo;
	signedFromUnsigned(d);
}

export function xor32(d: Scalar, s: Scalar): void {
	if (isConst32(s) && isConst32(d)) {
		markKnown32(d, d.valueLo);
		return;
	}
	d.u32Min = d.valueLo;
	d.u32Max = d.valueLo | d.maskLo;
	signedFromUnsigned(d);
}

/** Left shift of the low half by a known number from 0 to 31. */
export function lsh32(d: Scalar, n: number): void {
	lshBounds32(d, n);
	tnumLshift(d, d, n);
	tnumCast(d, d, 4);
	unbound64(d);
	updateBounds32(d);
}

/** Logical right shift of the low half by a known number from 0 to 31. */
export function rsh32(d: Scalar, n: number): void {
	d.s32Min = S32_MIN;
	d.s32Max = S32_MAX;
	tnumCast(d, d, 4);
	tnumRshift(d, d, n);
	d.u32Min = (d.u32Min >>> n) | 0;
	d.u32Max = (d.u32Max >>> n) | 0;
	unbound64(d);
	updateBounds32(d);
}

/** Arithmetic right shift of the low half by a known number from 0 to 31. */
export function arsh32(d: Scalar, n: number): void {
	d.s32Min >>= n;
	d.s32Max >>= n;
	tnumArshift32(d, d, n);
	d.u32Min = 0;
	d.u32Max = -1;
	unbound64(d);
	updateBounds32(d);
}
