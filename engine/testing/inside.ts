// Whether a register of a running program is inside what the verifier says of it. For tests only.

import { toBigInt, toSignedBigInt } from "../base/index.ts";
import {
	PTR_TO_CTX,
	PTR_TO_PACKET,
	PTR_TO_STACK,
	type RegView,
	SCALAR_VALUE,
} from "../verifier/index.ts";

/** Addresses that pointers are measured from. */
export interface Bases {
	readonly context: bigint;
	/** Start of the packet, undefined where there is none. */
	readonly data: bigint | undefined;
	/** r10. */
	readonly frame: bigint;
}

const WORD = 1n << 64n;
const wrap = (value: bigint) => ((value % WORD) + WORD) % WORD;

/** Whether the number is within the known bits and all bounds. */
function fits(view: RegView, value: bigint): boolean {
	const signed = BigInt.asIntN(64, value);
	const low = Number(BigInt.asIntN(32, value));
	const known = (value ^ toBigInt(...view.value)) & ~toBigInt(...view.mask) & (WORD - 1n);
	return (
		known === 0n &&
		signed >= toSignedBigInt(...view.smin) &&
		signed <= toSignedBigInt(...view.smax) &&
		value >= toBigInt(...view.umin) &&
		value <= toBigInt(...view.umax) &&
		low >= view.s32[0] &&
		low <= view.s32[1] &&
		low >>> 0 >= view.u32[0] >>> 0 &&
		low >>> 0 <= view.u32[1] >>> 0
	);
}

/** Whether the value may be in the register; pointers of other kinds than these are not measured. */
export function isInside(view: RegView, value: bigint, bases: Bases): boolean {
	const from = (base: bigint) => fits(view, wrap(value - base - BigInt(view.off)));
	switch (view.type) {
		case SCALAR_VALUE:
			return fits(view, value);
		case PTR_TO_CTX:
			return from(bases.context);
		case PTR_TO_PACKET:
			return bases.data === undefined || from(bases.data);
		case PTR_TO_STACK:
			return view.text.startsWith("fp[") || from(bases.frame);
		default:
			return true;
	}
}
