// One call frame of a session: what the caller wants back, and the counters that belong to the callee's frame.

import type { Program } from "../machine/index.ts";

/** Return address of a frame that was entered from outside the program. */
export const HOST = -1;

/** A bpf_loop call in progress: its frame is entered again for each turn. */
export interface Loop {
	turn: number;
	readonly turns: number;
	readonly target: number;
	readonly contextLo: number;
	readonly contextHi: number;
}

export interface FrameState {
	readonly from: number;
	readonly back: number;
	readonly program: Program | undefined;
	readonly initialised: number;
	readonly mayGoto: number;
	readonly loop: Loop | undefined;
	readonly lo: Int32Array;
	readonly hi: Int32Array;
}

export class Frame {
	/** The caller's r6 to r10. */
	readonly lo = new Int32Array(5);
	readonly hi = new Int32Array(5);
	/** The call instruction, and the instruction to return to or HOST. */
	from = 0;
	back: number = HOST;
	/** The caller's program. */
	program: Program | undefined;
	initialised = 0;
	/** Turns that may_goto still allows in this frame. */
	mayGoto = 0;
	loop: Loop | undefined;

	enter(
		lo: Int32Array,
		hi: Int32Array,
		from: number,
		back: number,
		program: Program,
		initialised: number,
		mayGoto: number,
	): void {
		for (let i = 0; i < 5; i++) {
			this.lo[i] = lo[6 + i] as number;
			this.hi[i] = hi[6 + i] as number;
		}
		this.from = from;
		this.back = back;
		this.program = program;
		this.initialised = initialised;
		this.mayGoto = mayGoto;
		this.loop = undefined;
	}

	leave(lo: Int32Array, hi: Int32Array): void {
		for (let i = 0; i < 5; i++) {
			lo[6 + i] = this.lo[i] as number;
			hi[6 + i] = this.hi[i] as number;
		}
	}

	save(): FrameState {
		return {
			from: this.from,
			back: this.back,
			program: this.program,
			initialised: this.initialised,
			mayGoto: this.mayGoto,
			loop: this.loop && { ...this.loop },
			lo: this.lo.slice(),
			hi: this.hi.slice(),
		};
	}

	restore(state: FrameState): void {
		this.from = state.from;
		this.back = state.back;
		this.program = state.program;
		this.initialised = state.initialised;
		this.mayGoto = state.mayGoto;
		this.loop = state.loop && { ...state.loop };
		this.lo.set(state.lo);
		this.hi.set(state.hi);
	}
}
