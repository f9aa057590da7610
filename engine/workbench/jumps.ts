// Where an instruction leads besides the next one.

import {
	BPF_CALL,
	BPF_EXIT,
	BPF_JA,
	BPF_JMP,
	BPF_JMP32,
	BPF_PSEUDO_CALL,
	type Code,
} from "../isa/index.ts";

/** pc that the jump or call at `pc` goes to; undefined for other instructions. */
export function targetOf(code: Code, pc: number): number | undefined {
	const opcode = code.opcode[pc] ?? 0;
	const kind = opcode & 7;
	if (kind !== BPF_JMP && kind !== BPF_JMP32) return undefined;
	const operation = opcode & 0xf0;
	if (operation === BPF_EXIT) return undefined;
	if (operation === BPF_CALL)
		return code.src[pc] === BPF_PSEUDO_CALL ? pc + 1 + (code.imm[pc] ?? 0) : undefined;
	if (operation === BPF_JA && kind === BPF_JMP32) return pc + 1 + (code.imm[pc] ?? 0);
	return pc + 1 + (code.off[pc] ?? 0);
}
