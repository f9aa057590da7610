// Where an instruction leads besides the next one.

import { calleeOf, flowOf, targetOf as jumpTarget } from "../cfg/index.ts";
import { BPF_CALL, BPF_EXIT, BPF_JMP, type Code, LD_IMM64 } from "../isa/index.ts";

/** Opcodes of calls, of helpers, kernel functions and functions of the program alike, and of exit. */
export const CALL = BPF_JMP | BPF_CALL;
export const EXIT = BPF_JMP | BPF_EXIT;

/** pc that the jump or call at `pc` goes to; undefined for other instructions. */
export function targetOf(code: Code, pc: number): number | undefined {
	const flow = flowOf(code, pc);
	if (flow === "jump" || flow === "branch") return jumpTarget(code, pc);
	return code.opcode[pc] === LD_IMM64 ? undefined : calleeOf(code, pc);
}
