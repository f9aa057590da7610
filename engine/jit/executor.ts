// The compiler as an Executor: programs run as WebAssembly. Meant for verified programs: accesses are not checked.

import type { Executor, GuestMemory, Program, Runner, RunResult, Trap } from "../machine/index.ts";
import type { Loaded } from "./host.ts";
import { Host } from "./host.ts";
import type { Listing } from "./listing.ts";
import { listing } from "./listing.ts";
import { FRAME_SIZE, MAX_FRAMES } from "./unit.ts";

export interface JitOptions {
	/** Turns of loops after which a run traps, and calls checked for depth: for programs that were not verified. */
	readonly fuel?: number;
}

export interface Jit extends Executor {
	readonly kind: "jit";
	load(program: Program): JitRunner;
}

/** The compiler on one guest memory. */
export function createJit(memory: GuestMemory, options: JitOptions = {}): Jit {
	const host = new Host(memory, options.fuel);
	return { kind: "jit", load: (program) => new JitRunner(host, program) };
}

export class JitRunner implements Runner {
	readonly #host: Host;
	readonly #program: Program;
	readonly #loaded: Loaded;
	/** Bytes of stack to clear before a run: what the program's functions can reach. */
	readonly #zeroed: number;
	#batch: Loaded | undefined;

	constructor(host: Host, program: Program) {
		this.#host = host;
		this.#program = program;
		this.#loaded = host.loaded(program);
		const frames = this.#loaded.compiled.tailCalls
			? MAX_FRAMES
			: Math.min(MAX_FRAMES, this.#loaded.compiled.bodies.size);
		this.#zeroed = frames * FRAME_SIZE;
	}

	/** The module's bytes. */
	get bytes(): Uint8Array {
		return this.#loaded.compiled.bytes;
	}

	/** The generated code as text, by the instruction that it came from. */
	listing(): Listing {
		return listing(this.#loaded.compiled);
	}

	run(context: number): RunResult {
		let lo = 0;
		let hi = 0;
		const trap = this.#host.guarded(this.#zeroed, (frame) => {
			lo = this.#loaded.run(frame, context);
			hi = this.#host.memory.i32[this.#host.mailbox] ?? 0;
		});
		return result(trap, lo, hi);
	}

	call(pc: number, args: readonly number[]): RunResult {
		const { enter } = this.#loaded;
		if (pc === 0) return this.run(args[0] ?? 0);
		if (!enter)
			return result({ kind: "instruction", pc, message: `no callback at instruction ${pc}` }, 0, 0);
		let lo = 0;
		let hi = 0;
		const [a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0] = args;
		const trap = this.#host.guarded(this.#zeroed, (frame) => {
			lo = enter(frame, pc, a1, a2, a3, a4, a5);
			hi = this.#host.memory.i32[this.#host.mailbox] ?? 0;
		});
		return result(trap, lo, hi);
	}

	/** Runs `count` times inside the module; the result is the 32-bit sum. The stack is cleared once, before the first. */
	runMany(context: number, count: number): RunResult {
		if (count <= 0) return { kind: "exit", lo: 0, hi: 0 };
		this.#batch ??= this.#host.instantiate(this.#program, true);
		const { runMany } = this.#batch;
		let sum = 0;
		const trap = this.#host.guarded(this.#zeroed, (frame) => {
			sum = runMany?.(frame, context, count) ?? 0;
		});
		return result(trap, sum, sum >> 31);
	}
}

function result(trap: Trap | undefined, lo: number, hi: number): RunResult {
	return trap ? { kind: "trap", trap } : { kind: "exit", lo, hi };
}
