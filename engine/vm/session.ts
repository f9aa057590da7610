// One run of a program in the checked interpreter: it can be run in slices, stepped, looked at, saved and put back. Every
// access is checked against the regions of guest memory; a fault ends the run as a Trap. It must not know maps, hooks or
// who asked for the run.

import type { GuestMemory, Program, Region, RunResult, Trap } from "../machine/index.ts";
import type { AccessLog, SessionHost } from "./core.ts";
import { Core } from "./core.ts";
import { REGISTERS } from "./decode.ts";
import { dispatch } from "./dispatch.ts";
import type { Frame, FrameState } from "./frame.ts";
import { HOST } from "./frame.ts";
import type { Stack } from "./stack.ts";
import { FRAME_SIZE } from "./stack.ts";

export interface SessionOptions {
	/** Instructions after which the run traps; none by default. */
	readonly fuel?: number;
	/** Trap on reading a register that was never written; off by default. */
	readonly checkInit?: boolean;
}

/** Everything of a session but guest memory; plain data except for the programs it names. */
export interface SessionState {
	readonly program: Program;
	readonly pc: number;
	readonly steps: number;
	readonly inner: number;
	readonly depth: number;
	readonly deepest: number;
	readonly tailCalls: number;
	readonly initialised: number;
	readonly lo: Int32Array;
	readonly hi: Int32Array;
	readonly frames: readonly FrameState[];
	readonly trapped: Trap | undefined;
	readonly exited: boolean;
}

/** A frame of the call chain, for showing. */
export interface FrameView {
	/** The next instruction; in the frames below the innermost the call that is being executed. */
	readonly pc: number;
	readonly program: Program;
	readonly stack: Region;
	/** r6 to r9. */
	readonly lo: Int32Array;
	readonly hi: Int32Array;
}

export class Session {
	readonly memory: GuestMemory;
	readonly #core: Core;

	constructor(host: SessionHost, program: Program, stack: Stack, options: SessionOptions = {}) {
		this.memory = host.memory;
		const fuel = options.fuel ?? Number.POSITIVE_INFINITY;
		this.#core = new Core(host, program, stack, fuel, options.checkInit ?? false, dispatch);
	}

	/** Follows accesses of the program's own instructions; costs one test an access when absent. */
	get onAccess(): AccessLog | undefined {
		return this.#core.onAccess;
	}
	set onAccess(log: AccessLog | undefined) {
		this.#core.onAccess = log;
	}

	/** Puts the session before the first instruction of the function at `pc`, with `args` in r1 and on. */
	start(program: Program, pc: number, args: readonly number[]): void {
		const core = this.#core;
		core.bank = core.bankOf(program);
		const { lo, hi } = core.bank;
		lo.fill(0, 0, REGISTERS);
		hi.fill(0, 0, REGISTERS);
		args.forEach((value, i) => {
			lo[i + 1] = value | 0;
		});
		core.pc = pc;
		core.steps = 0;
		core.inner = 0;
		core.tailCalls = 0;
		core.trapped = undefined;
		core.exited = false;
		core.depth = -1;
		core.deepest = -1;
		for (const frame of core.stack) frame.length = 0;
		core.push(HOST);
		core.initialised = (((1 << args.length) - 1) << 1) | (1 << 10);
	}

	/** The program now running; differs from the first after a tail call. */
	get program(): Program {
		return this.#core.program;
	}
	/** The instruction to be executed next, or the one that trapped. */
	get pc(): number {
		return this.#core.pc;
	}
	/** Instructions executed so far; a helper call is one, whatever callbacks it ran. */
	get steps(): number {
		return this.#core.steps;
	}
	/** Frames in use less one: 0 in the main function. */
	get depth(): number {
		return this.#core.depth;
	}
	/** The outcome; undefined while the run can go on. */
	get result(): RunResult | undefined {
		const { trapped, exited, inner, bank } = this.#core;
		const steps = this.#core.steps + inner;
		if (trapped) return { kind: "trap", trap: trapped, steps };
		if (!exited) return undefined;
		return { kind: "exit", lo: bank.lo[0] as number, hi: bank.hi[0] as number, steps };
	}
	/** Low halves of r0 to r10. May be written to change a paused run. */
	get lo(): Int32Array {
		return this.#core.bank.lo.subarray(0, REGISTERS);
	}
	/** High halves of r0 to r10. */
	get hi(): Int32Array {
		return this.#core.bank.hi.subarray(0, REGISTERS);
	}
	/** Bit r is set when register r was written; kept only under `checkInit`. */
	get initialised(): number {
		return this.#core.initialised;
	}

	/** The frames in use, the main function first: where each was left and its stack region. */
	frames(): FrameView[] {
		const out: FrameView[] = [];
		for (let i = 0; i <= this.#core.depth; i++) {
			const callee = i < this.#core.depth ? this.#core.frames[i + 1] : undefined;
			out.push({
				pc: callee ? callee.from : this.#core.pc,
				program: callee ? (callee.program ?? this.program) : this.program,
				stack: this.#core.stack[i] as Region,
				lo: callee ? callee.lo.slice(0, 4) : this.lo.slice(6, 10),
				hi: callee ? callee.hi.slice(0, 4) : this.hi.slice(6, 10),
			});
		}
		return out;
	}

	/** Executes one instruction; a helper call is one. Returns the outcome when the run ended. */
	step(): RunResult | undefined {
		return this.runFor(1);
	}

	/** Executes at most `count` instructions. Returns the outcome when the run ended. */
	runFor(count: number): RunResult | undefined {
		if (!this.#core.ended) this.#core.run(this.#core.steps + count);
		return this.result;
	}

	/** Ends the run from outside. */
	stop(message = "stopped"): void {
		if (!this.#core.ended) this.#core.trap({ kind: "stopped", pc: this.pc, message });
	}

	save(): SessionState {
		const frames: FrameState[] = [];
		for (let i = 0; i <= this.#core.depth; i++) frames.push((this.#core.frames[i] as Frame).save());
		return {
			program: this.program,
			pc: this.#core.pc,
			steps: this.#core.steps,
			inner: this.#core.inner,
			depth: this.#core.depth,
			deepest: this.#core.deepest,
			tailCalls: this.#core.tailCalls,
			initialised: this.#core.initialised,
			lo: this.lo.slice(),
			hi: this.hi.slice(),
			frames,
			trapped: this.#core.trapped,
			exited: this.#core.exited,
		};
	}

	restore(state: SessionState): void {
		this.#core.bank = this.#core.bankOf(state.program);
		this.#core.bank.lo.set(state.lo);
		this.#core.bank.hi.set(state.hi);
		this.#core.pc = state.pc;
		this.#core.steps = state.steps;
		this.#core.inner = state.inner;
		this.#core.depth = state.depth;
		this.#core.deepest = state.deepest;
		this.#core.tailCalls = state.tailCalls;
		this.#core.initialised = state.initialised;
		this.#core.trapped = state.trapped;
		this.#core.exited = state.exited;
		state.frames.forEach((frame, i) => {
			this.#core.frames[i]?.restore(frame);
		});
		this.#core.stack.forEach((region, i) => {
			region.length = i <= state.depth ? FRAME_SIZE : 0;
		});
	}
}
