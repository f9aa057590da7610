// The host side of compiled programs on one guest memory: mailbox, stacks, the table of programs for tail calls, the imports
// of each module, and faults on their way out through compiled code.

import { assert } from "../base/index.ts";
import type { GuestMemory, Helper, HelperCall, Program, Region, Trap } from "../machine/index.ts";
import type { Compiled } from "./compile.ts";
import { compile } from "./compile.ts";
import { FRAME_SIZE, MAILBOX, MAX_FRAMES, TRAP } from "./unit.ts";

/** Carries a trap through compiled code and helpers. */
export class GuestFault extends Error {
	readonly trap: Trap;
	constructor(trap: Trap) {
		super(trap.message);
		this.trap = trap;
	}
}

/** A program's module, instantiated. */
export interface Loaded {
	readonly compiled: Compiled;
	readonly run: (frame: number, context: number) => number;
	readonly enter:
		| ((
				frame: number,
				pc: number,
				a1: number,
				a2: number,
				a3: number,
				a4: number,
				a5: number,
		  ) => number)
		| undefined;
	readonly runMany: ((frame: number, context: number, count: number) => number) | undefined;
	readonly main: unknown;
}

export class Host {
	readonly memory: GuestMemory;
	readonly fuel: number | undefined;
	/** Index in memory.i32 of the mailbox. */
	readonly mailbox: number;
	readonly #mailboxAt: number;
	readonly #programs = new WebAssembly.Table({ element: "anyfunc", initial: 0 });
	readonly #slots = new WeakMap<Program, number>();
	readonly #loaded = new WeakMap<Program, Loaded>();
	readonly #idle: Region[] = [];
	#running = 0;

	constructor(memory: GuestMemory, fuel: number | undefined) {
		this.memory = memory;
		this.fuel = fuel;
		const region = memory.allocate("object", "executor", MAILBOX.size, { length: 0 });
		assert(region !== undefined, "no guest memory for the mailbox");
		this.#mailboxAt = region.start;
		this.mailbox = region.start >> 2;
	}

	/** The module of `program`, compiled on first use. */
	loaded(program: Program): Loaded {
		let loaded = this.#loaded.get(program);
		if (!loaded) {
			loaded = this.instantiate(program, false);
			this.#loaded.set(program, loaded);
		}
		return loaded;
	}

	instantiate(program: Program, batch: boolean): Loaded {
		const options = { mailbox: this.#mailboxAt, fuel: this.fuel !== undefined, batch };
		const compiled = compile(program, options);
		const module = new WebAssembly.Module(compiled.bytes);
		const box: { enter: Loaded["enter"] } = { enter: undefined };
		const imports = this.#imports(program, box);
		const { exports } = new WebAssembly.Instance(module, { skep: imports });
		const loaded = {
			compiled,
			main: exports["main"],
			run: exports["run"] as Loaded["run"],
			enter: exports["enter"] as Loaded["enter"],
			runMany: exports["runMany"] as Loaded["runMany"],
		};
		box.enter = loaded.enter;
		return loaded;
	}

	/** Runs `body` with a stack of its own and a fresh mailbox; runs may nest. Faults come back as traps. */
	guarded(zeroed: number, body: (frame: number) => void): Trap | undefined {
		const { mailbox } = this;
		const outer = this.#running > 0 ? this.memory.i32.slice(mailbox, mailbox + 8) : undefined;
		const stack = this.#idle.pop() ?? this.#allocateStack();
		stack.length = stack.capacity;
		if (zeroed > 0) this.memory.u8.fill(0, stack.start, stack.start + zeroed);
		const words = this.memory.i32;
		words[mailbox + MAILBOX.tailCalls / 4] = 0;
		words[mailbox + MAILBOX.fuel / 4] = this.fuel ?? 0;
		words[mailbox + MAILBOX.stackEnd / 4] = stack.start + stack.capacity;
		this.#running++;
		try {
			body(stack.start);
			return undefined;
		} catch (fault) {
			return trapOf(fault);
		} finally {
			this.#running--;
			if (outer) this.memory.i32.set(outer, mailbox);
			stack.length = 0;
			this.#idle.push(stack);
		}
	}

	#allocateStack(): Region {
		const stack = this.memory.allocate("stack", "stack", FRAME_SIZE * MAX_FRAMES);
		assert(stack !== undefined, "no guest memory for a stack");
		return stack;
	}

	#imports(program: Program, box: { enter: Loaded["enter"] }): WebAssembly.ModuleImports {
		const call = this.#helperCall(box);
		const imports: WebAssembly.ModuleImports = {
			memory: this.memory.memory,
			programs: this.#programs,
			trap: (pc: number, why: number) => {
				throw new GuestFault(explain(program, pc, why, this.fuel));
			},
			tailCall: (handle: number, index: number) => this.#slot(program, handle, index),
			packetLoad: (context: number, offset: number, size: 1 | 2 | 4) => {
				const value = program.loadPacket?.(context >>> 0, offset, size);
				this.memory.i32[this.mailbox] = value === undefined ? 1 : 0;
				return value ?? 0;
			},
		};
		for (const [id, helper] of program.helpers)
			imports[`helper${id}`] = this.#helperImport(helper.run, helper.args, call);
		return imports;
	}

	#slot(program: Program, handle: number, index: number): number {
		const target = program.tailCall(handle >>> 0, index >>> 0);
		if (!target) return -1;
		let slot = this.#slots.get(target);
		if (slot === undefined) {
			slot = this.#programs.grow(1);
			this.#programs.set(slot, this.loaded(target).main);
			this.#slots.set(target, slot);
		}
		return slot;
	}

	#helperCall(box: { enter: Loaded["enter"] }): State & HelperCall {
		const state: State & HelperCall = {
			memory: this.memory,
			high: 0,
			wide: false,
			setHigh: (hi) => {
				state.high = hi;
				state.wide = true;
			},
			callback: (pc, a1, a2, a3, a4, a5) => {
				const at = this.mailbox + MAILBOX.frame / 4;
				const frame = this.memory.i32[at] ?? 0;
				const end = this.memory.i32[this.mailbox + MAILBOX.stackEnd / 4] ?? 0;
				if (!box.enter || frame + 2 * FRAME_SIZE > end)
					throw new GuestFault({
						kind: "depth",
						pc: -1,
						message: `more than ${MAX_FRAMES} frames`,
					});
				const result = box.enter(frame + FRAME_SIZE, pc, a1, a2, a3, a4, a5);
				this.memory.i32[at] = frame;
				return result;
			},
			fail: (message, unsupported) => {
				const trap: Trap = { kind: "helper", pc: -1, message };
				throw new GuestFault(unsupported === undefined ? trap : { ...trap, unsupported });
			},
		};
		return state;
	}

	/** A helper with as many arguments as it has, each a pair of halves; the high half of its result goes to the mailbox. */
	#helperImport(run: Helper, args: number, call: State & HelperCall): WebAssembly.ImportValue {
		const { memory, mailbox } = this;
		const done = (low: number): number => {
			memory.i32[mailbox] = call.wide ? call.high : low >> 31;
			call.wide = false;
			return low;
		};
		switch (args) {
			case 0:
				return () => done(run(call, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
			case 1:
				return (a: number, ah: number) => done(run(call, a, ah, 0, 0, 0, 0, 0, 0, 0, 0));
			case 2:
				return (a: number, ah: number, b: number, bh: number) =>
					done(run(call, a, ah, b, bh, 0, 0, 0, 0, 0, 0));
			case 3:
				return (a: number, ah: number, b: number, bh: number, c: number, ch: number) =>
					done(run(call, a, ah, b, bh, c, ch, 0, 0, 0, 0));
			case 4:
				return (
					a: number,
					ah: number,
					b: number,
					bh: number,
					c: number,
					ch: number,
					d: number,
					dh: number,
				) => done(run(call, a, ah, b, bh, c, ch, d, dh, 0, 0));
			default:
				return (
					a: number,
					ah: number,
					b: number,
					bh: number,
					c: number,
					ch: number,
					d: number,
					dh: number,
					e: number,
					eh: number,
				) => done(run(call, a, ah, b, bh, c, ch, d, dh, e, eh));
		}
	}
}

interface State {
	high: number;
	wide: boolean;
}

function trapOf(fault: unknown): Trap {
	if (fault instanceof GuestFault) return fault.trap;
	if (fault instanceof WebAssembly.RuntimeError)
		return { kind: "memory", pc: -1, message: `compiled code stopped: ${fault.message}` };
	if (fault instanceof RangeError && /stack/i.test(fault.message))
		return { kind: "depth", pc: -1, message: "calls nested too deeply" };
	throw fault;
}

function explain(program: Program, pc: number, why: number, fuel: number | undefined): Trap {
	if (why === TRAP.fuel)
		return { kind: "fuel", pc, message: `stopped after ${fuel} turns of loops` };
	if (why === TRAP.depth) return { kind: "depth", pc, message: `more than ${MAX_FRAMES} frames` };
	const { code } = program;
	const opcode = code.opcode[pc] ?? 0;
	if (opcode === 0x85 && code.src[pc] === 0) {
		const unsupported = `helper #${code.imm[pc]}`;
		return { kind: "helper", pc, message: `${unsupported} is not there`, unsupported };
	}
	if (opcode === 0x85 && code.src[pc] === 2) {
		const imm = code.imm[pc];
		const message = `kernel function #${imm} is not there`;
		return { kind: "instruction", pc, message, unsupported: `kfunc #${imm}` };
	}
	if (opcode === 0xbf && code.off[pc] === 1) {
		const unsupported = "addr_space_cast";
		return { kind: "instruction", pc, message: "address space casts need an arena", unsupported };
	}
	const message = `no instruction that can be executed (opcode 0x${opcode.toString(16)})`;
	return { kind: "instruction", pc, message };
}
