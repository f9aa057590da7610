// What the assembly printers share: how numbers, targets and 64-bit immediates are written. The texts here are the ones
// that the assembler reads back.

import { hex64, toSignedBigInt } from "../base/index.ts";
import type { Code } from "./code.ts";
import * as B from "./opcode.ts";

/** Names that the caller has for operands; each may answer undefined, then the number is printed. */
export interface TextNames {
	/** Label of slot `target`. */
	label?(target: number): string | undefined;
	/** Name of helper `id`. */
	helper?(id: number): string | undefined;
	/** Name of the map or data that the 64-bit immediate in slot `pc` means. */
	imm64?(code: Code, pc: number): string | undefined;
	/** Print numbers in decimal where the dialect's own style is hexadecimal. */
	readonly decimal?: boolean;
}

/** `0x5`, `-0x5`; decimal when asked for. */
export function number(n: number, decimal?: boolean): string {
	if (decimal) return `${n}`;
	return n < 0 ? `-0x${(-n).toString(16)}` : `0x${n.toString(16)}`;
}

/** The same with a sign always: `+0x5`. */
export function distance(n: number, decimal?: boolean): string {
	return n < 0 ? number(n, decimal) : `+${number(n, decimal)}`;
}

/** The slot that a jump or local call in slot `pc` over `n` slots goes to, as a label or a distance. */
export function target(pc: number, n: number, names: TextNames, decimal?: boolean): string {
	return names.label?.(pc + 1 + n) ?? distance(n, decimal);
}

/** The operand of the 64-bit immediate load in slot `pc`. */
export function immediate64(code: Code, pc: number, names: TextNames, decimal?: boolean): string {
	const named = names.imm64?.(code, pc);
	if (named !== undefined) return named;
	const imm = code.imm[pc] ?? 0;
	const next = code.imm[pc + 1] ?? 0;
	const offset = (n: number) => (n === 0 ? "" : distance(n, decimal));
	switch (code.src[pc]) {
		case 0:
			return wide(next, imm, decimal);
		case B.BPF_PSEUDO_MAP_FD:
			return `map[fd:${imm}]`;
		case B.BPF_PSEUDO_MAP_VALUE:
			return `map[fd:${imm}][0]${offset(next)}`;
		case B.BPF_PSEUDO_BTF_ID:
			return next === 0 ? `btf[${imm}]` : `btf[${imm},${next}]`;
		case B.BPF_PSEUDO_FUNC:
			return `func[${target(pc, imm, names, decimal)}]`;
		case B.BPF_PSEUDO_MAP_IDX:
			return `map[idx:${imm}]`;
		default:
			return `map[idx:${imm}][0]${offset(next)}`;
	}
}

function wide(hi: number, lo: number, decimal?: boolean): string {
	if (decimal) return `${toSignedBigInt(hi, lo)}`;
	if (hi >= 0) return hex64(hi, lo);
	const negated = -toSignedBigInt(hi, lo);
	return `-0x${negated.toString(16)}`;
}
