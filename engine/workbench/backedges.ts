// The jumps that close a loop, as kernels before bounded loops found them: edges of a depth-first walk to an instruction that the walk is still
// in. Jumps back that close no loop, as compilers lay code out, are none.

import { BPF_EXIT, BPF_JA, BPF_JMP, BPF_JMP32, type Code, LD_IMM64 } from "../isa/index.ts";
import { targetOf } from "./jumps.ts";

const CALL = 0x85;

/** Instructions that may follow the one at `pc`, calls passed over. */
function following(code: Code, pc: number): number[] {
	const opcode = code.opcode[pc] ?? 0;
	const cls = opcode & 7;
	if (opcode === LD_IMM64) return [pc + 2];
	if ((cls !== BPF_JMP && cls !== BPF_JMP32) || opcode === CALL) return [pc + 1];
	const operation = opcode & 0xf0;
	if (operation === BPF_EXIT) return [];
	const target = targetOf(code, pc) ?? pc + 1;
	return operation === BPF_JA ? [target] : [pc + 1, target];
}

/** The jumps that close a loop; `starts` are the first instructions of the functions. */
export function backEdges(code: Code, starts: readonly number[]): ReadonlySet<number> {
	const found = new Set<number>();
	const state = new Uint8Array(code.length);
	for (const start of starts) {
		const stack: { pc: number; next: number[] }[] = [];
		const enter = (pc: number) => {
			state[pc] = 1;
			stack.push({ pc, next: following(code, pc) });
		};
		if (state[start] === 0) enter(start);
		for (let top = stack.at(-1); top; top = stack.at(-1)) {
			const to = top.next.shift();
			if (to === undefined) {
				state[top.pc] = 2;
				stack.pop();
			} else if (state[to] === 1) found.add(top.pc);
			else if (to < code.length && state[to] === 0) enter(to);
		}
	}
	return found;
}
