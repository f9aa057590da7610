// The checked interpreter as an Executor, and as a maker of Sessions for stepping.

import type { Executor, GuestMemory, Program, Runner, RunResult } from "../machine/index.ts";
import type { SessionHost } from "./core.ts";
import type { Image } from "./decode.ts";
import { prepare } from "./decode.ts";
import type { SessionOptions } from "./session.ts";
import { Session } from "./session.ts";
import { StackPool } from "./stack.ts";

export type VmOptions = SessionOptions;

export interface Vm extends Executor {
	readonly kind: "vm";
	/** A session before the first instruction of `program`, r1 = `context`, with a stack of its own. Call `close` when done. */
	open(program: Program, context: number, options?: SessionOptions): OpenSession;
}

/** A Session and the way to give its stack back. */
export interface OpenSession {
	readonly session: Session;
	close(): void;
}

/** The checked interpreter on one guest memory. */
export function createVm(memory: GuestMemory, options: VmOptions = {}): Vm {
	const images = new WeakMap<Program, Image>();
	const pool = new StackPool(memory);
	const host: SessionHost = {
		memory,
		image: (program) => {
			let image = images.get(program);
			if (!image) {
				image = prepare(program);
				images.set(program, image);
			}
			return image;
		},
	};
	return {
		kind: "vm",
		load: (program) => new VmRunner(host, pool, program, options),
		open: (program, context, own) => {
			const stack = pool.take();
			const session = new Session(host, program, stack, { ...options, ...own });
			session.start(program, 0, [context]);
			return { session, close: () => pool.give(stack) };
		},
	};
}

class VmRunner implements Runner {
	readonly #host: SessionHost;
	readonly #pool: StackPool;
	readonly #program: Program;
	readonly #options: VmOptions;
	/** Sessions not in use; a second one is made when a program runs again inside itself. */
	readonly #idle: Session[] = [];

	constructor(host: SessionHost, pool: StackPool, program: Program, options: VmOptions) {
		this.#host = host;
		this.#pool = pool;
		this.#program = program;
		this.#options = options;
	}

	run(context: number): RunResult {
		return this.call(0, [context]);
	}

	call(pc: number, args: readonly number[]): RunResult {
		const session = this.#idle.pop() ?? this.#create();
		session.start(this.#program, pc, args);
		const result = session.runFor(Number.POSITIVE_INFINITY);
		this.#idle.push(session);
		return (
			result ?? { kind: "trap", trap: { kind: "stopped", pc: session.pc, message: "stopped" } }
		);
	}

	runMany(context: number, count: number): RunResult {
		let sum = 0;
		for (let i = 0; i < count; i++) {
			const result = this.run(context);
			if (result.kind === "trap") return result;
			sum = (sum + result.lo) | 0;
		}
		return { kind: "exit", lo: sum, hi: sum >> 31 };
	}

	#create(): Session {
		return new Session(this.#host, this.#program, this.#pool.take(), this.#options);
	}
}
