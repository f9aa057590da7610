// Every instruction of RFC 9669 and of Linux 6.18, one row each: how it is recognised, what its operands are, where it
// comes from and what it does. Encoder, decoder, printers, executors and hover texts read this; nothing is said twice.
// A row knows nothing of names of helpers or maps.

import { aluRows, moveRows, swapRows } from "./arithmetic.ts";
import type { Code } from "./code.ts";
import { controlRows, jumpRows } from "./jumps.ts";
import { atomicRows, imm64Rows, memoryRows } from "./memory.ts";
import * as B from "./opcode.ts";
import type { InsnRow } from "./row.ts";
import { OPERANDS } from "./row.ts";

/** Every instruction. The order is that of the listing in documentation. */
export const INSTRUCTIONS: readonly InsnRow[] = [
	...aluRows(),
	...moveRows(),
	...swapRows(),
	...jumpRows(),
	...controlRows,
	...memoryRows(),
	...atomicRows(),
	...imm64Rows,
];

const byOpcode: readonly (readonly InsnRow[])[] = Array.from({ length: 256 }, (_, opcode) =>
	INSTRUCTIONS.filter((row) => row.opcode === opcode),
);
const byId: ReadonlyMap<string, InsnRow> = new Map(INSTRUCTIONS.map((row) => [row.id, row]));

/**
 * The row of the instruction in slot `pc`; undefined when it is none, as the second slot of a 64-bit immediate. Reserved
 * fields do not count (see `isExact`).
 */
export function rowAt(code: Code, pc: number): InsnRow | undefined {
	const rows = byOpcode[code.opcode[pc] ?? 0] ?? [];
	for (const row of rows) {
		const { src, off, imm } = row.match;
		if (src !== undefined && src !== code.src[pc]) continue;
		if (off !== undefined && off !== code.off[pc]) continue;
		if (imm !== undefined && imm !== code.imm[pc]) continue;
		return row;
	}
	return undefined;
}

/** The row with this id; undefined when there is none. */
export function instruction(id: string): InsnRow | undefined {
	return byId.get(id);
}

/**
 * True when slot `pc` has nothing but what `row` and its operands say: reserved fields are zero, registers are r0 to
 * r10, and a 64-bit immediate has its second slot. Then its text has all of it.
 */
export function isExact(code: Code, pc: number, row: InsnRow): boolean {
	const use = OPERANDS[row.shape];
	const { match } = row;
	if (!use.dst && code.dst[pc] !== 0) return false;
	if (!use.src && match.src === undefined && code.src[pc] !== 0) return false;
	if (!use.off && match.off === undefined && code.off[pc] !== 0) return false;
	if (!use.imm && match.imm === undefined && code.imm[pc] !== 0) return false;
	if ((code.dst[pc] ?? 0) > 10 || (use.src && (code.src[pc] ?? 0) > 10)) return false;
	if (row.shape !== "imm64") return true;
	const next = pc + 1;
	if (next >= code.length || code.opcode[next] !== 0 || code.dst[next] !== 0) return false;
	if (code.src[next] !== 0 || code.off[next] !== 0) return false;
	const src = code.src[pc];
	const single =
		src === B.BPF_PSEUDO_MAP_FD || src === B.BPF_PSEUDO_FUNC || src === B.BPF_PSEUDO_MAP_IDX;
	return !single || code.imm[next] === 0;
}
