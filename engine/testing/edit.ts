// Edits of a program that keep what is around them in place: instructions put in, taken out or exchanged, with jumps, calls, functions
// and lines moved along. For tests only.

import * as isa from "../isa/index.ts";
import type { LoadRequest } from "../object/index.ts";

export const insn = (opcode: number, dst = 0, src = 0, off = 0, imm = 0): isa.Insn => ({
	opcode,
	dst,
	src,
	off,
	imm,
});

/** `goto +0`. */
export const NOTHING = insn(isa.BPF_JMP | isa.BPF_JA);

export function slots(code: isa.Code): isa.Insn[] {
	return Array.from({ length: code.length }, (_, pc) => isa.insnAt(code, pc));
}

/** Whether the slot is the second half of a wide instruction. */
export function isSecondHalf(code: isa.Code, pc: number): boolean {
	return pc > 0 && code.opcode[pc - 1] === isa.LD_IMM64;
}

/** Whether the offset (or, for a call, a 32-bit jump and the address of a function, the immediate) is a distance. */
export function reach({ opcode, src }: isa.Insn): "off" | "imm" | undefined {
	const group = opcode & 7;
	if (opcode === isa.LD_IMM64) return src === isa.BPF_PSEUDO_FUNC ? "imm" : undefined;
	if (opcode === 0x85) return src === isa.BPF_PSEUDO_CALL ? "imm" : undefined;
	if (opcode === (isa.BPF_JMP32 | isa.BPF_JA)) return "imm";
	if (group !== isa.BPF_JMP && group !== isa.BPF_JMP32) return undefined;
	return (opcode & 0xf0) === isa.BPF_EXIT ? undefined : "off";
}

/** The request with these instructions before the one at `at`; jumps to that one come to them first. */
export function inserted(
	request: LoadRequest,
	at: number,
	more: readonly isa.Insn[],
): LoadRequest | undefined {
	if (isSecondHalf(request.code, at)) return undefined;
	const count = more.length;
	const target = (pc: number) => (pc <= at ? pc : pc + count);
	const place = (pc: number) => (pc < at ? pc : pc + count);
	const before = slots(request.code);
	const after = before.map((slot, pc) => {
		const field = isSecondHalf(request.code, pc) ? undefined : reach(slot);
		if (field === undefined) return slot;
		return { ...slot, [field]: target(pc + 1 + slot[field]) - place(pc) - 1 };
	});
	after.splice(at, 0, ...more);
	const moved = <T extends { readonly insn: number }>(records: readonly T[]): T[] =>
		records.map((r) => ({ ...r, insn: target(r.insn) }));
	return {
		...request,
		code: isa.codeOf(after),
		functions: moved(request.functions),
		lines: moved(request.lines),
	};
}

/** The request with the slots from `at` on replaced, one for one. */
export function replaced(request: LoadRequest, at: number, by: readonly isa.Insn[]): LoadRequest {
	const all = slots(request.code);
	all.splice(at, by.length, ...by);
	return { ...request, code: isa.codeOf(all) };
}
