// A number between two small bounds (__mark_reg_s32_range of the kernel).

import { syncBounds } from "./bounds.ts";
import type { Reg } from "./reg.ts";

/** Narrows a scalar, of which nothing is known, to [min, max]. */
export function setRange32(reg: Reg, min: number, max: number): void {
	reg.s32Min = min;
	reg.s32Max = max;
	reg.sminHi = min >> 31;
	reg.sminLo = min;
	reg.smaxHi = max >> 31;
	reg.smaxLo = max;
	syncBounds(reg);
}
