// The way a path took since its last checkpoint, as far as it cannot be told from the instruction numbers: jumps, stack
// accesses, and registers that learned something together. Backtracking reads it.

import type { Env } from "./env.ts";
import type { State } from "./state.ts";
import { HISTORY_WORDS } from "./state.ts";

/** Flags of a history entry: frame in bits 0 to 2, slot in bits 3 to 8. */
export const FLAG_FRAME_MASK = 7;
export const FLAG_SPI_SHIFT = 3;
export const FLAG_SPI_MASK = 63;
export const FLAG_STACK_ACCESS = 1 << 9;
export const FLAG_DST_STACK = 1 << 10;
export const FLAG_SRC_STACK = 1 << 11;

/** Flags of an access to slot `spi` of frame `frameno` by a register fill or spill. */
export function stackAccess(frameno: number, spi: number): number {
	return FLAG_STACK_ACCESS | (spi << FLAG_SPI_SHIFT) | frameno;
}

const INSN = 0;
const PREV = 1;
const FLAGS = 2;
const LINKED = 3;

/** push_jmp_history: records the current instruction in `state`, once, with what is known of it. */
export function record(env: Env, state: State, flags: number, linked: number): void {
	if (env.historyEntry >= 0) {
		const at = env.historyEntry * HISTORY_WORDS;
		state.history[at + FLAGS] = (state.history[at + FLAGS] as number) | flags;
		state.history[at + LINKED] = linked;
		return;
	}
	const at = state.historyCount * HISTORY_WORDS;
	if (at + HISTORY_WORDS > state.history.length) {
		const bigger = new Int32Array(state.history.length * 2);
		bigger.set(state.history);
		state.history = bigger;
	}
	state.history[at + INSN] = env.pc;
	state.history[at + PREV] = env.prevPc;
	state.history[at + FLAGS] = flags;
	state.history[at + LINKED] = linked;
	env.historyEntry = state.historyCount++;
}

/** Position in the history of the entry for `pc` when it is the last of the first `count`, else -1. */
export function entryFor(state: State, count: number, pc: number): number {
	const at = (count - 1) * HISTORY_WORDS;
	return count > 0 && state.history[at] === pc ? at : -1;
}

export function entryFlags(state: State, at: number): number {
	return state.history[at + FLAGS] as number;
}

/** Number of the set of registers that learned together, plus one; 0 for none. */
export function entryLinked(state: State, at: number): number {
	return state.history[at + LINKED] as number;
}

/** Instruction before entry `index`. */
export function entryPrev(state: State, index: number): number {
	return state.history[index * HISTORY_WORDS + PREV] as number;
}

export function entryInsn(state: State, index: number): number {
	return state.history[index * HISTORY_WORDS + INSN] as number;
}
