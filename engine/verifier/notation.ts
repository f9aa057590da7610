// The text of a scalar as the verifier's log has it (print_reg_state, print_scalar_ranges in kernel/bpf/log.c).

import { hex64 } from "../base/index.ts";
import { isConst, isUnknownTnum, S32_MAX, S32_MIN, type Scalar } from "./scalar.ts";

function isSmallSigned(hi: number, lo: number): boolean {
	return hi === lo >> 31 && lo >= -0x8000 && lo <= 0x7fff;
}

/** A signed number: decimal if it fits 16 bits, else hexadecimal (verbose_snum). */
export function signedText(hi: number, lo: number): string {
	return isSmallSigned(hi, lo) ? String(lo) : hex64(hi, lo);
}

/** An unsigned number: decimal if it fits 16 bits, else hexadecimal (verbose_unum). */
export function unsignedText(hi: number, lo: number): string {
	return hi === 0 && lo >>> 0 <= 0xffff ? String(lo) : hex64(hi, lo);
}

/** `(0x0; 0xff)`, value and mask. */
export function tnumText(s: Scalar): string {
	return `(${hex64(s.valueHi, s.valueLo)}; ${hex64(s.maskHi, s.maskLo)})`;
}

interface Bound {
	readonly name: string;
	readonly hi: number;
	readonly lo: number;
	omit: boolean;
}

/** A signed 32-bit bound is sign-extended only where it is printed as a decimal. */
function bound32(name: string, lo: number, omit: boolean): Bound {
	return { name, hi: isSmallSigned(lo >> 31, lo) ? lo >> 31 : 0, lo, omit };
}

function bounds(s: Scalar): Bound[] {
	const { sminHi, sminLo, smaxHi, smaxLo, uminHi, uminLo, umaxHi, umaxLo } = s;
	return [
		{ name: "smin", hi: sminHi, lo: sminLo, omit: sminHi === S32_MIN && sminLo === 0 },
		{ name: "smax", hi: smaxHi, lo: smaxLo, omit: smaxHi === S32_MAX && smaxLo === -1 },
		{ name: "umin", hi: uminHi, lo: uminLo, omit: (uminHi | uminLo) === 0 },
		{ name: "umax", hi: umaxHi, lo: umaxLo, omit: (umaxHi & umaxLo) === -1 },
		bound32("smin32", s.s32Min, s.s32Min === S32_MIN),
		bound32("smax32", s.s32Max, s.s32Max === S32_MAX),
		{ name: "umin32", hi: 0, lo: s.u32Min, omit: s.u32Min === 0 },
		{ name: "umax32", hi: 0, lo: s.u32Max, omit: s.u32Max === -1 },
	];
}

/** `smin=umin=1,smax=...,var_off=(0x0; 0xff)`: every bound that says something, equal ones together; may be empty. */
export function rangesText(s: Scalar): string {
	const all = bounds(s);
	const parts: string[] = [];
	all.forEach((bound, i) => {
		if (bound.omit) return;
		const signed = bound.name[0] === "s";
		const negative = signed && bound.hi < 0;
		let text = `${bound.name}=`;
		for (let k = i + 2; k < all.length; k += 2) {
			const other = all[k];
			if (!other || other.omit || other.hi !== bound.hi || other.lo !== bound.lo) continue;
			if ((other.name[0] === "s" && other.hi < 0) !== negative) continue;
			other.omit = true;
			text += `${other.name}=`;
		}
		const { hi, lo } = bound;
		parts.push(text + (signed ? signedText(hi, lo) : unsignedText(hi, lo)));
	});
	if (!isUnknownTnum(s)) parts.push(`var_off=${tnumText(s)}`);
	return parts.join(",");
}

/** A scalar without an id: a number, or `scalar(...)`. */
export function scalarText(s: Scalar): string {
	return isConst(s) ? signedText(s.valueHi, s.valueLo) : `scalar(${rangesText(s)})`;
}
