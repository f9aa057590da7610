// What the compilation of one module shares, and of one function: where imports and locals are, and the pushes that every
// instruction family uses.

import type { Code } from "../isa/index.ts";
import type { Program } from "../machine/index.ts";
import { Known } from "./known.ts";
import type { Body } from "./wasm/body.ts";
import { I32, I64, OP } from "./wasm/opcode.ts";

/** MAX_BPF_STACK of Linux, bytes a frame. Frames lie one after another, callees above their callers. */
export const FRAME_SIZE = 512;
export const MAX_FRAMES = 8;

/** Words of the mailbox, a stretch of guest memory through which compiled code and its host pass what does not fit a call. */
export const MAILBOX = {
	/** High half of a helper's or a run's result; for packet loads 1 when there was no such byte. */
	high: 0,
	/** The frame that is calling a helper, for callbacks; kept only by programs that have any. */
	frame: 4,
	/** Tail calls of this run so far. */
	tailCalls: 8,
	/** Turns of loops that are left, in runs with fuel. */
	fuel: 12,
	/** End of the stack in use. */
	stackEnd: 16,
	size: 32,
} as const;

/** Why compiled code gave up, the second argument of the trap import. */
export const TRAP = { instruction: 0, fuel: 1, depth: 2 } as const;

/** One module. */
export interface Unit {
	readonly program: Program;
	readonly code: Code;
	/** Guest address of the mailbox. */
	readonly mailbox: number;
	/** True to count turns of loops and check the depth of calls. */
	readonly fuel: boolean;
	/** True when a function's address is taken: helpers may call back. */
	readonly callbacks: boolean;
	/** Type of compiled functions: (frame, r1..r5) -> r0. */
	readonly signature: number;
	/** Index of the compiled function that begins at this instruction. */
	functionAt(pc: number): number | undefined;
	/** Import index of helper `id`; undefined when the program's table has none. */
	helper(id: number): { readonly index: number; readonly args: number } | undefined;
	/** Index of the function that looks up in the hash map with this handle; undefined when there is none. */
	hashLookup(handle: number): number | undefined;
	readonly trap: number;
	/** Import (handle, index) -> slot in the table of programs, or -1. */
	tailCall(): number;
	/** Import (context, offset, size) -> value. */
	packetLoad(): number;
	/** The table that holds this program's functions at their first instruction, and the one of all programs. */
	readonly ownTable: number;
	readonly programTable: number;
}

/** One function while it is compiled. */
export class FunctionUnit {
	readonly unit: Unit;
	readonly body: Body;
	/** Locals of r0 to r9. */
	readonly registers: readonly number[];
	/** Local (i32) with the lowest address of the stack frame. */
	readonly frame: number;
	/** True in the batch driver's copy of the main function: leaving is a jump to its outermost label. */
	readonly inlined: boolean;
	readonly known = new Known();
	/** Labels open at this point of the body. */
	labels = 0;
	#mayGoto: number | undefined;
	#fuel: number | undefined;
	readonly #temporaries32: number[] = [];
	readonly #temporaries64: number[] = [];

	constructor(
		unit: Unit,
		body: Body,
		registers: readonly number[],
		frame: number,
		inlined: boolean,
	) {
		this.unit = unit;
		this.body = body;
		this.registers = registers;
		this.frame = frame;
		this.inlined = inlined;
	}

	register(r: number): number {
		return this.registers[r] ?? 0;
	}

	/** Temporary i32 local of this number; instructions use low numbers and keep nothing in them. */
	temporary32(n: number): number {
		this.#temporaries32[n] ??= this.body.local(I32);
		return this.#temporaries32[n];
	}

	temporary64(n: number): number {
		this.#temporaries64[n] ??= this.body.local(I64);
		return this.#temporaries64[n];
	}

	/** Local with the turns that may_goto has left; made by the first use, set at the function's start. */
	get mayGoto(): number {
		this.#mayGoto ??= this.body.local(I32);
		return this.#mayGoto;
	}

	get fuelLocal(): number {
		this.#fuel ??= this.body.local(I32);
		return this.#fuel;
	}

	/** Pushes register r as i64. */
	push64(r: number): void {
		const { body } = this;
		if (r !== 10) {
			body.get(this.register(r));
			return;
		}
		this.push32(10);
		body.op(OP.extendU);
	}

	/** Pushes the low half of register r as i32. */
	push32(r: number): void {
		const { body } = this;
		if (r === 10) {
			body.get(this.frame);
			body.const32(FRAME_SIZE);
			body.op(OP.add32);
		} else {
			body.get(this.register(r));
			body.op(OP.wrap);
		}
	}

	/** Pops an i64 into register r. */
	pop64(r: number): void {
		this.body.set(this.register(r));
	}

	/** Pops an i32 into register r, its high half zero. */
	pop32(r: number): void {
		this.body.op(OP.extendU);
		this.body.set(this.register(r));
	}

	/** Pushes an address whose sum with the returned offset is register r + offset. */
	pushAddress(r: number, offset: number): number {
		const { body } = this;
		const fact = this.known.of(r);
		if (fact?.kind === "constant") {
			const address = fact.lo + offset;
			if (address >= 0) {
				body.const32(0);
				return address;
			}
		}
		if (fact?.kind === "frame") {
			const distance = FRAME_SIZE + fact.offset + offset;
			body.get(this.frame);
			if (distance >= 0) return distance;
			body.const32(distance);
			body.op(OP.add32);
			return 0;
		}
		const sum = this.known.sum(r);
		if (sum) {
			// Two narrow halves added are cheaper than a wide sum cut.
			this.push32(sum[0]);
			this.push32(sum[1]);
			body.op(OP.add32);
		} else this.push32(r);
		if (offset >= 0) return offset;
		body.const32(offset);
		body.op(OP.add32);
		return 0;
	}

	/** Pushes word `word` of the mailbox. */
	pushMailbox(word: number, code: number = OP.load32): void {
		this.body.const32(0);
		this.body.memory(code, this.unit.mailbox + word);
	}

	/** Stores an i32 local into the mailbox. */
	toMailbox(word: number, local: number): void {
		this.body.const32(0);
		this.body.get(local);
		this.body.memory(OP.store32, this.unit.mailbox + word);
	}

	/** Traps, never to come back. */
	trap(pc: number, why: number): void {
		this.body.const32(pc);
		this.body.const32(why);
		this.body.call(this.unit.trap);
		this.body.op(OP.unreachable);
	}

	/** Before calling what may use fuel itself. */
	saveFuel(): void {
		if (this.unit.fuel) this.toMailbox(MAILBOX.fuel, this.fuelLocal);
	}

	loadFuel(): void {
		if (!this.unit.fuel) return;
		this.pushMailbox(MAILBOX.fuel);
		this.body.set(this.fuelLocal);
	}

	/** Leaves the function with r0; `extra` labels were opened by the caller itself. */
	leave(extra = 0): void {
		this.saveFuel();
		if (this.inlined) {
			this.body.branch(OP.br, this.labels + extra);
			return;
		}
		this.body.get(this.register(0));
		this.body.op(OP.return);
	}
}
