// What a file of helpers gives: implementations by name. And the few conventions they share.

import type { Helper, HelperCall } from "../../machine/index.ts";

/** Helpers by their name without `bpf_`. */
export type Implementations = Readonly<Record<string, Helper>>;

/** Returns an unsigned 32-bit result: the upper half of r0 is zero. */
export function unsigned(call: HelperCall, value: number): number {
	if (value > 0x7fffffff || value < 0) call.setHigh(0);
	return value | 0;
}

/** Returns a non-negative integer below 2^53. */
export function wide(call: HelperCall, value: number): number {
	const high = Math.floor(value / 2 ** 32);
	call.setHigh(high | 0);
	return (value - high * 2 ** 32) | 0;
}

/** Flags of 64 bits as one number: those beyond 32 bits are unknown to every helper, so one high bit stands for them all. */
export function flagsOf(low: number, high: number): number {
	return high === 0 ? low >>> 0 : (low >>> 0) + 2 ** 32;
}
