// The abstract scalar: what the verifier knows of a 64-bit number in a register or stack slot (struct bpf_reg_state of
// include/linux/bpf_verifier.h, its var_off and its eight bounds). Plain numbers; knows nothing of pointers, ids,
// precision or instructions.
//
//   var_off   value, mask: a set bit in mask is an unknown bit, whose bit in value is 0
//   64 bits   smin, smax (signed), umin, umax (unsigned), each a pair Hi, Lo
//   32 bits   s32Min, s32Max, u32Min, u32Max, of the low half

/** The smallest and the largest signed 32-bit integer; the high halves of the 64-bit ones. */
export const S32_MIN = -0x80000000;
export const S32_MAX = 0x7fffffff;

/**
 * A set of 64-bit numbers, held as known bits and bounds. Every field is a signed 32-bit integer at all times: unsigned
 * fields are compared after `>>> 0` and stored after `| 0`. Mutable in place; a new one is entirely unknown.
 */
export class Scalar {
	valueHi = 0;
	valueLo = 0;
	maskHi = -1;
	maskLo = -1;
	sminHi = S32_MIN;
	sminLo = 0;
	smaxHi = S32_MAX;
	smaxLo = -1;
	uminHi = 0;
	uminLo = 0;
	umaxHi = -1;
	umaxLo = -1;
	s32Min = S32_MIN;
	s32Max = S32_MAX;
	u32Min = 0;
	u32Max = -1;
}

/** Copies what is known of `from` into `to`. */
export function copyScalar(to: Scalar, from: Scalar): void {
	to.valueHi = from.valueHi;
	to.valueLo = from.valueLo;
	to.maskHi = from.maskHi;
	to.maskLo = from.maskLo;
	copyBounds64(to, from);
	to.s32Min = from.s32Min;
	to.s32Max = from.s32Max;
	to.u32Min = from.u32Min;
	to.u32Max = from.u32Max;
}

/** Copies smin, smax, umin and umax alone. */
function copyBounds64(to: Scalar, from: Scalar): void {
	to.sminHi = from.sminHi;
	to.sminLo = from.sminLo;
	to.smaxHi = from.smaxHi;
	to.smaxLo = from.smaxLo;
	to.uminHi = from.uminHi;
	to.uminLo = from.uminLo;
	to.umaxHi = from.umaxHi;
	to.umaxLo = from.umaxLo;
}

/** Whether known bits and all bounds are the same. */
export function sameScalar(a: Scalar, b: Scalar): boolean {
	return (
		a.valueLo === b.valueLo &&
		a.valueHi === b.valueHi &&
		a.maskLo === b.maskLo &&
		a.maskHi === b.maskHi &&
		a.uminLo === b.uminLo &&
		a.uminHi === b.uminHi &&
		a.umaxLo === b.umaxLo &&
		a.umaxHi === b.umaxHi &&
		a.sminLo === b.sminLo &&
		a.sminHi === b.sminHi &&
		a.smaxLo === b.smaxLo &&
		a.smaxHi === b.smaxHi &&
		a.u32Min === b.u32Min &&
		a.u32Max === b.u32Max &&
		a.s32Min === b.s32Min &&
		a.s32Max === b.s32Max
	);
}

/** Whether all 64 bits are known. */
export function isConst(s: Scalar): boolean {
	return (s.maskHi | s.maskLo) === 0;
}

/** Whether the low 32 bits are known (tnum_subreg_is_const). */
export function isConst32(s: Scalar): boolean {
	return s.maskLo === 0;
}

/** Whether no bit is known. */
export function isUnknownTnum(s: Scalar): boolean {
	return (s.maskHi & s.maskLo) === -1;
}

/** __mark_reg_known: the one number of two int32 halves. */
export function markKnown(s: Scalar, hi: number, lo: number): void {
	s.maskHi = 0;
	s.maskLo = 0;
	s.valueHi = s.sminHi = s.smaxHi = s.uminHi = s.umaxHi = hi;
	s.valueLo = s.sminLo = s.smaxLo = s.uminLo = s.umaxLo = lo;
	s.s32Min = s.s32Max = s.u32Min = s.u32Max = lo;
}

/** __mark_reg32_known: the low half alone, in var_off and in the 32-bit bounds. */
export function markKnown32(s: Scalar, lo: number): void {
	s.maskLo = 0;
	s.valueLo = lo;
	s.s32Min = s.s32Max = s.u32Min = s.u32Max = lo;
}

/** __mark_reg64_unbounded: forgets the 64-bit bounds; known bits stay. */
export function unbound64(s: Scalar): void {
	s.sminHi = S32_MIN;
	s.sminLo = 0;
	s.smaxHi = S32_MAX;
	s.smaxLo = -1;
	s.uminHi = 0;
	s.uminLo = 0;
	s.umaxHi = -1;
	s.umaxLo = -1;
}

/** __mark_reg32_unbounded: forgets the 32-bit bounds; known bits stay. */
export function unbound32(s: Scalar): void {
	s.s32Min = S32_MIN;
	s.s32Max = S32_MAX;
	s.u32Min = 0;
	s.u32Max = -1;
}

/** __mark_reg_unbounded: forgets all bounds; known bits stay. */
export function unbound(s: Scalar): void {
	unbound64(s);
	unbound32(s);
}

/** The number may be any. */
export function markUnknown(s: Scalar): void {
	s.valueHi = 0;
	s.valueLo = 0;
	s.maskHi = -1;
	s.maskLo = -1;
	unbound64(s);
	unbound32(s);
}
