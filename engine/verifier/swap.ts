// Byte order of scalars: swaps and truncations of the END instructions (scalar_byte_swap of the kernel).

import * as isa from "../isa/index.ts";
import { coerceToSize, syncBounds } from "./bounds.ts";
import { type Scalar, unbound } from "./scalar.ts";

function swap32(x: number): number {
	return (x << 24) | ((x << 8) & 0xff0000) | ((x >>> 8) & 0xff00) | (x >>> 24);
}

/** Whether the instruction changes the order of bytes on a little-endian machine. */
function swaps(opcode: number): boolean {
	return (opcode & 7) === isa.BPF_ALU64 || (opcode & isa.BPF_X) !== 0;
}

/** The low `width` bits in other order, zero above; the bounds follow from the known bits. */
export function swapBytes(s: Scalar, opcode: number, width: number): void {
	if (swaps(opcode)) {
		const { valueHi, valueLo, maskHi, maskLo } = s;
		const shift = width === 16 ? 16 : 0;
		s.valueLo = swap32(width === 64 ? valueHi : valueLo) >>> shift;
		s.maskLo = swap32(width === 64 ? maskHi : maskLo) >>> shift;
		s.valueLo |= 0;
		s.maskLo |= 0;
		s.valueHi = width === 64 ? swap32(valueLo) : 0;
		s.maskHi = width === 64 ? swap32(maskLo) : 0;
		unbound(s);
	}
	if (width < 64) coerceToSize(s, width / 8);
	else syncBounds(s);
}

/** Whether the instruction leaves every number as it is. */
export function isSwapNothing(opcode: number, width: number): boolean {
	return width === 64 && !swaps(opcode);
}
