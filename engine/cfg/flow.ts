// Where control goes after one instruction. Knows encodings, nothing of blocks.

import type { Code } from "../isa/index.ts";
import {
	BPF_CALL,
	BPF_EXIT,
	BPF_JA,
	BPF_JMP,
	BPF_JMP32,
	BPF_PSEUDO_CALL,
	BPF_PSEUDO_FUNC,
	BPF_X,
	LD_IMM64,
} from "../isa/index.ts";

/** What an instruction does to control flow: passes on, jumps always, jumps perhaps (may_goto too), leaves the function. */
export type Flow = "next" | "jump" | "branch" | "exit";

export function flowOf(code: Code, pc: number): Flow {
	const opcode = code.opcode[pc] ?? 0;
	const kind = opcode & 7;
	if (kind !== BPF_JMP && kind !== BPF_JMP32) return "next";
	const operation = opcode & 0xf0;
	if (operation === BPF_JA) return (opcode & BPF_X) === 0 ? "jump" : "next";
	if (operation === BPF_CALL) return "next";
	if (operation === BPF_EXIT) return kind === BPF_JMP ? "exit" : "next";
	return "branch";
}

/** The instruction a jump or branch goes to; may lie outside the code. */
export function targetOf(code: Code, pc: number): number {
	const long = code.opcode[pc] === (BPF_JMP32 | BPF_JA);
	return pc + 1 + ((long ? code.imm[pc] : code.off[pc]) ?? 0);
}

/** Slots of the instruction at `pc`: 2 for a 64-bit immediate load, else 1. */
export function slotsOf(code: Code, pc: number): number {
	return code.opcode[pc] === LD_IMM64 ? 2 : 1;
}

/** The function that a call or a function address at `pc` names; undefined when it is neither. */
export function calleeOf(code: Code, pc: number): number | undefined {
	const opcode = code.opcode[pc];
	const source = code.src[pc];
	const calls = opcode === (BPF_JMP | BPF_CALL) && source === BPF_PSEUDO_CALL;
	const names = opcode === LD_IMM64 && source === BPF_PSEUDO_FUNC;
	return calls || names ? pc + 1 + (code.imm[pc] ?? 0) : undefined;
}

/** First instructions of all functions: the entry 0, and every one that is called or whose address is taken; ascending. */
export function functionEntries(code: Code): number[] {
	const entries = new Set([0]);
	for (let pc = 0; pc < code.length; pc += slotsOf(code, pc)) {
		const callee = calleeOf(code, pc);
		if (callee !== undefined && callee >= 0 && callee < code.length) entries.add(callee);
	}
	return [...entries].sort((a, b) => a - b);
}
