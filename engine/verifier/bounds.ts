// How the bounds of a scalar and its known bits teach each other (reg_bounds_sync and its parts in
// kernel/bpf/verifier.c), and truncation and extension. The order of the steps is the kernel's: a different order may
// find other bounds, and then other programs would be accepted.

import { hex64 } from "../base/index.ts";
import { isConst, markKnown, S32_MAX, S32_MIN, Scalar, unbound, unbound32 } from "./scalar.ts";
import { smear, tnumCast, tnumConst, tnumRange, tnumStep } from "./tnum.ts";
import { slt, ult } from "./wide.ts";

function raiseUmin(s: Scalar, hi: number, lo: number): void {
	if (ult(s.uminHi, s.uminLo, hi, lo)) {
		s.uminHi = hi;
		s.uminLo = lo;
	}
}

function lowerUmax(s: Scalar, hi: number, lo: number): void {
	if (ult(hi, lo, s.umaxHi, s.umaxLo)) {
		s.umaxHi = hi;
		s.umaxLo = lo;
	}
}

function raiseSmin(s: Scalar, hi: number, lo: number): void {
	if (slt(s.sminHi, s.sminLo, hi, lo)) {
		s.sminHi = hi;
		s.sminLo = lo;
	}
}

function lowerSmax(s: Scalar, hi: number, lo: number): void {
	if (slt(hi, lo, s.smaxHi, s.smaxLo)) {
		s.smaxHi = hi;
		s.smaxLo = lo;
	}
}

function meetU32(s: Scalar, min: number, max: number): void {
	if (s.u32Min >>> 0 < min >>> 0) s.u32Min = min;
	if (s.u32Max >>> 0 > max >>> 0) s.u32Max = max;
}

function meetS32(s: Scalar, min: number, max: number): void {
	if (s.s32Min < min) s.s32Min = min;
	if (s.s32Max > max) s.s32Max = max;
}

/** __update_reg32_bounds: the 32-bit bounds learn from the known bits. */
export function updateBounds32(s: Scalar): void {
	const value = s.valueLo;
	const mask = s.maskLo;
	meetS32(s, value | (mask & S32_MIN), value | (mask & S32_MAX));
	meetU32(s, value, value | mask);
}

/** __update_reg64_bounds: the 64-bit bounds learn from the known bits. */
function updateBounds64(s: Scalar): void {
	const { valueHi, valueLo, maskHi, maskLo } = s;
	raiseSmin(s, valueHi | (maskHi & S32_MIN), valueLo);
	lowerSmax(s, valueHi | (maskHi & S32_MAX), valueLo | maskLo);
	raiseUmin(s, valueHi, valueLo);
	lowerUmax(s, valueHi | maskHi, valueLo | maskLo);
	if ((maskHi | maskLo) === 0) {
		const low = (s.uminLo ^ valueLo) | (s.umaxLo ^ valueLo);
		if ((low | (s.uminHi ^ valueHi) | (s.umaxHi ^ valueHi)) === 0) return;
	}
	if ((maskHi & maskLo) === -1 && ult(s.uminHi, s.uminLo, s.umaxHi, s.umaxLo)) return;
	pinSingle(s);
}

const next = new Scalar();
const afterNext = new Scalar();

/** The number is known when only one of those that the known bits allow lies between the unsigned bounds. */
function pinSingle(s: Scalar): void {
	const { uminHi, uminLo, umaxHi, umaxLo } = s;
	const above = ((uminHi ^ s.valueHi) & ~s.maskHi) | ((uminLo ^ s.valueLo) & ~s.maskLo);
	tnumStep(next, s, uminHi, uminLo);
	const { valueHi: hi, valueLo: lo } = next;
	if (above === 0) {
		if (ult(umaxHi, umaxLo, hi, lo)) markKnown(s, uminHi, uminLo);
		return;
	}
	if (hi === (s.valueHi | s.maskHi) && lo === (s.valueLo | s.maskLo)) {
		markKnown(s, hi, lo);
		return;
	}
	if (ult(umaxHi, umaxLo, hi, lo)) return;
	tnumStep(afterNext, s, hi, lo);
	if (ult(umaxHi, umaxLo, afterNext.valueHi, afterNext.valueLo)) markKnown(s, hi, lo);
}

/** __update_reg_bounds */
export function updateBounds(s: Scalar): void {
	updateBounds32(s);
	updateBounds64(s);
}

/** The first half of __reg32_deduce_bounds: 64-bit ranges whose low halves form a range. */
function deduce32From64(s: Scalar): void {
	const { uminHi, uminLo, umaxHi, umaxLo, sminHi, sminLo, smaxHi, smaxLo } = s;
	if (uminHi === umaxHi) {
		meetU32(s, uminLo, umaxLo);
		if (uminLo <= umaxLo) meetS32(s, uminLo, umaxLo);
	}
	if (sminHi === smaxHi) {
		if (sminLo >>> 0 <= smaxLo >>> 0) meetU32(s, sminLo, smaxLo);
		if (sminLo <= smaxLo) meetS32(s, sminLo, smaxLo);
	}
	// The high halves are neighbours and the low halves go from negative to positive.
	if (((uminHi + 1) | 0) === umaxHi && uminLo < 0 && umaxLo >= 0) meetS32(s, uminLo, umaxLo);
	if (((sminHi + 1) | 0) === smaxHi && sminLo < 0 && smaxLo >= 0) meetS32(s, sminLo, smaxLo);
}

/** The second half of __reg32_deduce_bounds: signed and unsigned learn from each other. */
function deduce32Signs(s: Scalar): void {
	if (s.u32Min <= s.u32Max) meetS32(s, s.u32Min, s.u32Max);
	if (s.s32Min >>> 0 <= s.s32Max >>> 0) {
		meetU32(s, s.s32Min, s.s32Max);
		return;
	}
	// The signed range is both ends of the unsigned line; the unsigned range may touch only one of them.
	if (s.u32Max >>> 0 < s.s32Min >>> 0) {
		s.s32Min = s.u32Min;
		if (s.u32Max >>> 0 > s.s32Max >>> 0) s.u32Max = s.s32Max;
	} else if (s.s32Max >>> 0 < s.u32Min >>> 0) {
		s.s32Max = s.u32Max;
		if (s.u32Min >>> 0 < s.s32Min >>> 0) s.u32Min = s.s32Min;
	}
}

/** __reg64_deduce_bounds */
function deduce64(s: Scalar): void {
	if (!slt(s.umaxHi, s.umaxLo, s.uminHi, s.uminLo)) {
		raiseSmin(s, s.uminHi, s.uminLo);
		lowerSmax(s, s.umaxHi, s.umaxLo);
	}
	if (!ult(s.smaxHi, s.smaxLo, s.sminHi, s.sminLo)) {
		raiseUmin(s, s.sminHi, s.sminLo);
		lowerUmax(s, s.smaxHi, s.smaxLo);
		return;
	}
	if (ult(s.umaxHi, s.umaxLo, s.sminHi, s.sminLo)) {
		s.sminHi = s.uminHi;
		s.sminLo = s.uminLo;
		lowerUmax(s, s.smaxHi, s.smaxLo);
	} else if (ult(s.smaxHi, s.smaxLo, s.uminHi, s.uminLo)) {
		s.smaxHi = s.umaxHi;
		s.smaxLo = s.umaxLo;
		raiseUmin(s, s.sminHi, s.sminLo);
	}
}

/** 64-bit bounds with the low half of a bound put in place of their own. */
function deduce64From32(s: Scalar, min: number, max: number): void {
	raiseUmin(s, s.uminHi, min);
	lowerUmax(s, s.umaxHi, max);
	raiseSmin(s, s.sminHi, min);
	lowerSmax(s, s.smaxHi, max);
}

/** Whether the number is a sign-extended 32-bit one whose low half is not negative. */
function isPositiveS32(s: Scalar): boolean {
	return (
		s.s32Min >= 0 &&
		(s.sminHi >= 0 || (s.sminHi === -1 && s.sminLo < 0)) &&
		(s.smaxHi < 0 || (s.smaxHi === 0 && s.smaxLo >= 0))
	);
}

/** __reg_deduce_mixed_bounds */
function deduceMixed(s: Scalar): void {
	deduce64From32(s, s.u32Min, s.u32Max);
	if (s.s32Min >>> 0 <= s.s32Max >>> 0) deduce64From32(s, s.s32Min, s.s32Max);
	if (!isPositiveS32(s)) return;
	// The maximum is negative only in a contradiction.
	const hi = s.s32Max >> 31;
	s.sminHi = s.uminHi = 0;
	s.smaxHi = s.umaxHi = hi;
	s.sminLo = s.uminLo = s.s32Min;
	s.smaxLo = s.umaxLo = s.s32Max;
	meetRange(s, 0, s.s32Min, hi, s.s32Max);
}

/** The known bits learn that the number is from min to max, unsigned. */
function meetRange(s: Scalar, minHi: number, minLo: number, maxHi: number, maxLo: number): void {
	const hi = smear(minHi ^ maxHi);
	const lo = hi !== 0 ? -1 : smear(minLo ^ maxLo);
	s.maskHi &= hi;
	s.maskLo &= lo;
	s.valueHi = (s.valueHi | (minHi & ~hi)) & ~s.maskHi;
	s.valueLo = (s.valueLo | (minLo & ~lo)) & ~s.maskLo;
}

/** __reg_bound_offset: the known bits learn from the unsigned bounds. */
function boundOffset(s: Scalar): void {
	meetRange(s, s.uminHi, s.uminLo, s.umaxHi, s.umaxLo);
	const lo = smear(s.u32Min ^ s.u32Max);
	s.maskLo &= lo;
	s.valueLo = (s.valueLo | (s.u32Min & ~lo)) & ~s.maskLo;
}

/** __reg_deduce_bounds */
function deduceBounds(s: Scalar): void {
	deduce32From64(s);
	deduce32Signs(s);
	deduce64(s);
	deduceMixed(s);
}

/** deduceBounds, and whether it changed a bound. */
function deducesMore(s: Scalar): boolean {
	const { uminHi, uminLo, umaxHi, umaxLo, sminHi, sminLo, smaxHi, smaxLo } = s;
	const { u32Min, u32Max, s32Min, s32Max } = s;
	deduceBounds(s);
	const unsigned =
		(uminHi ^ s.uminHi) | (uminLo ^ s.uminLo) | (umaxHi ^ s.umaxHi) | (umaxLo ^ s.umaxLo);
	const signed =
		(sminHi ^ s.sminHi) | (sminLo ^ s.sminLo) | (smaxHi ^ s.smaxHi) | (smaxLo ^ s.smaxLo);
	const low = (u32Min ^ s.u32Min) | (u32Max ^ s.u32Max) | (s32Min ^ s.s32Min) | (s32Max ^ s.s32Max);
	return (unsigned | signed | low) !== 0;
}

/** reg_bounds_sync: bounds and known bits learn from each other, as far as the kernel goes. */
export function syncBounds(s: Scalar): void {
	updateBounds32(s);
	updateBounds64(s);
	// Three rounds; a round that finds nothing would find nothing again.
	if (deducesMore(s) && deducesMore(s)) deduceBounds(s);
	boundOffset(s);
	updateBounds32(s);
	updateBounds64(s);
}

/** What is contradictory about a scalar, in the kernel's words; undefined for a sound one. */
function violation(s: Scalar): string | undefined {
	if (
		ult(s.umaxHi, s.umaxLo, s.uminHi, s.uminLo) ||
		slt(s.smaxHi, s.smaxLo, s.sminHi, s.sminLo) ||
		s.u32Max >>> 0 < s.u32Min >>> 0 ||
		s.s32Max < s.s32Min
	)
		return "range bounds violation";
	const { valueHi: hi, valueLo: lo } = s;
	if (isConst(s)) {
		const low = (s.uminLo ^ lo) | (s.umaxLo ^ lo) | (s.sminLo ^ lo) | (s.smaxLo ^ lo);
		const high = (s.uminHi ^ hi) | (s.umaxHi ^ hi) | (s.sminHi ^ hi) | (s.smaxHi ^ hi);
		if ((low | high) !== 0) return "const tnum out of sync with range bounds";
	}
	if (s.maskLo === 0) {
		const low = (s.u32Min ^ lo) | (s.u32Max ^ lo) | (s.s32Min ^ lo) | (s.s32Max ^ lo);
		if (low !== 0) return "const subreg tnum out of sync with range bounds";
	}
	return undefined;
}

/**
 * reg_bounds_sanity_check: undefined when bounds and known bits agree. Otherwise the log's words about the fault (`where`
 * is the kernel's name of the place: alu, true_reg1, ...), and all bounds are forgotten; the known bits stay.
 */
export function checkBounds(s: Scalar, where: string): string | undefined {
	const fault = violation(s);
	if (fault === undefined) return undefined;
	const text =
		`REG INVARIANTS VIOLATION (${where}): ${fault} ` +
		`u64=[${hex64(s.uminHi, s.uminLo)}, ${hex64(s.umaxHi, s.umaxLo)}] ` +
		`s64=[${hex64(s.sminHi, s.sminLo)}, ${hex64(s.smaxHi, s.smaxLo)}] ` +
		`u32=[${hex64(0, s.u32Min)}, ${hex64(0, s.u32Max)}] ` +
		`s32=[${hex64(0, s.s32Min)}, ${hex64(0, s.s32Max)}] ` +
		`var_off=(${hex64(s.valueHi, s.valueLo)}, ${hex64(s.maskHi, s.maskLo)})`;
	unbound(s);
	return text;
}

/** zext_32_to_64: the high half becomes zero. Bounds are not synced. */
export function zeroExtend32(s: Scalar): void {
	s.valueHi = s.maskHi = 0;
	s.uminHi = s.umaxHi = s.sminHi = s.smaxHi = 0;
	s.uminLo = s.u32Min;
	s.umaxLo = s.u32Max;
	if (s.s32Min >= 0 && s.s32Max >= 0) {
		s.sminLo = s.s32Min;
		s.smaxLo = s.s32Max;
	} else {
		s.sminLo = 0;
		s.smaxLo = -1;
	}
}

/** coerce_reg_to_size: keeps the low 1, 2 or 4 bytes, zero above, as a load does. */
export function coerceToSize(s: Scalar, size: number): void {
	tnumCast(s, s, size);
	const keep = size === 4 ? -1 : (1 << (size * 8)) - 1;
	if (s.uminHi === s.umaxHi && ((s.uminLo ^ s.umaxLo) & ~keep) === 0) {
		s.uminLo &= keep;
		s.umaxLo &= keep;
	} else {
		s.uminLo = 0;
		s.umaxLo = keep;
	}
	s.uminHi = s.umaxHi = s.sminHi = s.smaxHi = 0;
	s.sminLo = s.uminLo;
	s.smaxLo = s.umaxLo;
	if (size < 4) unbound32(s);
	syncBounds(s);
}

/** The low `size` bytes (1, 2 or 4) of an int32, sign-extended. */
function extend(lo: number, size: number): number {
	const shift = 32 - size * 8;
	return (lo << shift) >> shift;
}

/** coerce_reg_to_size_sx: sign-extends the low 1, 2 or 4 bytes to 64 bits. */
export function coerceToSizeSx(s: Scalar, size: number): void {
	if (isConst(s)) {
		const lo = extend(s.valueLo, size);
		setSigned(s, lo, lo);
		return;
	}
	const above = size === 4 ? 0 : -1 << (size * 8);
	if (s.sminHi === s.smaxHi && ((s.sminLo ^ s.smaxLo) & above) === 0) {
		const a = extend(s.smaxLo, size);
		const b = extend(s.sminLo, size);
		if ((a ^ b) >= 0) {
			setSigned(s, Math.min(a, b), Math.max(a, b));
			return;
		}
	}
	s.s32Min = s.sminLo = -1 << (size * 8 - 1);
	s.s32Max = s.smaxLo = ~s.s32Min;
	s.sminHi = -1;
	s.smaxHi = 0;
	s.uminHi = s.uminLo = s.u32Min = 0;
	s.umaxHi = s.umaxLo = s.u32Max = -1;
	s.valueHi = s.valueLo = 0;
	s.maskHi = s.maskLo = -1;
}

/** All bounds and known bits from a signed 32-bit range that does not cross zero. */
function setSigned(s: Scalar, min: number, max: number): void {
	s.s32Min = s.u32Min = s.sminLo = s.uminLo = min;
	s.s32Max = s.u32Max = s.smaxLo = s.umaxLo = max;
	s.sminHi = s.uminHi = min >> 31;
	s.smaxHi = s.umaxHi = max >> 31;
	tnumRange(s, min >> 31, min, max >> 31, max);
}

/** coerce_subreg_to_size_sx: sign-extends the low 1 or 2 bytes to 32 bits. The 64-bit bounds are left to the caller. */
export function coerceSubregToSizeSx(s: Scalar, size: number): void {
	if (isConst(s)) {
		const lo = extend(s.valueLo, size);
		tnumConst(s, lo >> 31, lo);
		s.s32Min = s.s32Max = s.u32Min = s.u32Max = lo;
		return;
	}
	const above = -1 << (size * 8);
	const a = extend(s.s32Max, size);
	const b = extend(s.s32Min, size);
	if (((s.s32Min ^ s.s32Max) & above) === 0 && (a ^ b) >= 0) {
		s.s32Min = s.u32Min = Math.min(a, b);
		s.s32Max = s.u32Max = Math.max(a, b);
		tnumRange(s, 0, s.s32Min, 0, s.s32Max);
		return;
	}
	s.s32Min = -1 << (size * 8 - 1);
	s.s32Max = ~s.s32Min;
	s.u32Min = 0;
	s.u32Max = -1;
	s.valueHi = s.valueLo = s.maskHi = 0;
	s.maskLo = -1;
}
