// Where a run shall stop: breakpoints at instructions, watchpoints on registers and memory; and why it did stop.

import type { RunResult } from "../machine/index.ts";
import type { Session } from "../vm/index.ts";

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "s<" | "s<=" | "s>" | "s>=";

/** A register compared with a 64-bit number. */
export interface Condition {
	readonly register: number;
	readonly comparison: Comparison;
	readonly lo: number;
	readonly hi: number;
}

export interface Breakpoint {
	readonly id: number;
	/** Instruction before which to stop. */
	readonly pc: number;
	/** Name of the program, where tail calls bring several into one run; any when absent. */
	readonly program?: string;
	readonly condition?: Condition;
	readonly enabled: boolean;
}

export type Watched =
	/** Stops after an instruction that changed the register. */
	| { readonly kind: "register"; readonly register: number }
	/** Stops after an instruction that accessed, or a helper that changed, one of the bytes. */
	| {
			readonly kind: "memory";
			readonly address: number;
			readonly size: number;
			readonly on: "read" | "write" | "access";
	  };

export interface Watchpoint {
	readonly id: number;
	readonly watched: Watched;
	readonly enabled: boolean;
}

/** Why a run stands still. `pc` of a watchpoint is the instruction that touched what is watched. */
export type Stop =
	| { readonly kind: "step" | "cursor" | "start" | "moved" }
	| { readonly kind: "breakpoint"; readonly id: number }
	| { readonly kind: "watchpoint"; readonly id: number; readonly pc: number }
	| { readonly kind: "end"; readonly result: RunResult };

/** True when the breakpoint applies to the instruction that `session` is before. */
export function hits(breakpoint: Breakpoint, session: Session): boolean {
	if (!breakpoint.enabled || breakpoint.pc !== session.pc) return false;
	if (breakpoint.program !== undefined && breakpoint.program !== session.program.name) return false;
	return breakpoint.condition === undefined || holds(breakpoint.condition, session);
}

function holds({ register, comparison, lo, hi }: Condition, session: Session): boolean {
	const low = (session.lo[register] ?? 0) >>> 0;
	const high = session.hi[register] ?? 0;
	const order = (signed: boolean): number => {
		const [a, b] = signed ? [high | 0, hi | 0] : [high >>> 0, hi >>> 0];
		return a === b ? low - (lo >>> 0) : a - b;
	};
	switch (comparison) {
		case "==":
			return order(false) === 0;
		case "!=":
			return order(false) !== 0;
		case "<":
			return order(false) < 0;
		case "<=":
			return order(false) <= 0;
		case ">":
			return order(false) > 0;
		case ">=":
			return order(false) >= 0;
		case "s<":
			return order(true) < 0;
		case "s<=":
			return order(true) <= 0;
		case "s>":
			return order(true) > 0;
		case "s>=":
			return order(true) >= 0;
	}
}
