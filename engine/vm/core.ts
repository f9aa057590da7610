// The state of a run and everything in it that leaves the interpreter's loop: calls, helpers, callbacks, tail calls, checked
// addresses, traps. The loop itself is handed in, since callbacks run it again inside a helper.

import type { GuestMemory, HelperCall, Program, Region, Trap } from "../machine/index.ts";
import { allows, explainAccess } from "../machine/index.ts";
import { divideSigned, divideUnsigned } from "./arith.ts";
import type { Image } from "./decode.ts";
import { REGISTERS } from "./decode.ts";
import { Frame, HOST } from "./frame.ts";
import type { Stack } from "./stack.ts";
import { FRAME_SIZE, MAX_FRAMES } from "./stack.ts";

/** BPF_MAX_LOOPS of Linux: turns of one bpf_loop call, and of the may_goto instructions of one frame. */
const MAX_LOOPS = 8 * 1024 * 1024;
/** MAX_TAIL_CALL_CNT of Linux. */
const MAX_TAIL_CALLS = 33;
const E2BIG = 7;
const EINVAL = 22;

/** Called before each access of the program's own instructions (not of helpers). */
export type AccessLog = (address: number, size: number, write: boolean, pc: number) => void;

/** What the session needs of the executor that made it. */
export interface SessionHost {
	readonly memory: GuestMemory;
	image(program: Program): Image;
}

/** Registers and constants of one program of the run, and the region that each instruction last touched. */
export interface Bank {
	readonly image: Image;
	readonly lo: Int32Array;
	readonly hi: Int32Array;
	readonly touched: (Region | undefined)[];
}

/** Carries a trap through the frames of a helper. */
class GuestFault extends Error {
	readonly trap: Trap;
	constructor(trap: Trap) {
		super(trap.message);
		this.trap = trap;
	}
}

export class Core {
	readonly memory: GuestMemory;
	readonly strict: boolean;
	readonly fuel: number;
	readonly stack: Stack;
	readonly frames: Frame[] = [];
	onAccess: AccessLog | undefined;
	bank: Bank;
	pc = 0;
	/** Instructions executed, without those of callbacks inside helpers. */
	steps = 0;
	/** Instructions executed in callbacks inside helpers. */
	inner = 0;
	depth = -1;
	/** Deepest frame of this run so far: frames are zeroed when first entered, so that every run begins alike. */
	deepest = -1;
	tailCalls = 0;
	/** Bit r is set when register r was written; kept only when strict. */
	initialised = 0;
	trapped: Trap | undefined;
	exited = false;
	readonly #host: SessionHost;
	readonly #loop: (core: Core, stop: number) => void;
	readonly #banks = new Map<Program, Bank>();
	readonly #call: HelperCall;
	readonly #quotient = { lo: 0, hi: 0 };
	readonly #remainder = { lo: 0, hi: 0 };
	#high = 0;
	#wide = false;

	constructor(
		host: SessionHost,
		program: Program,
		stack: Stack,
		fuel: number,
		strict: boolean,
		loop: (core: Core, stop: number) => void,
	) {
		this.#host = host;
		this.#loop = loop;
		this.memory = host.memory;
		this.stack = stack;
		this.fuel = fuel;
		this.strict = strict;
		this.bank = this.bankOf(program);
		for (let i = 0; i < MAX_FRAMES; i++) this.frames.push(new Frame());
		this.#call = this.#helperCall();
	}

	get ended(): boolean {
		return this.exited || this.trapped !== undefined;
	}

	get program(): Program {
		return this.bank.image.program;
	}

	/** Runs until `stop` steps; traps when the fuel is used up. */
	run(stop: number): void {
		this.#loop(this, Math.min(stop, this.fuel - this.inner));
		if (this.ended || this.steps + this.inner < this.fuel) return;
		const message = `stopped after ${this.fuel} instructions`;
		this.trap({ kind: "fuel", pc: this.pc, message });
	}

	bankOf(program: Program): Bank {
		let bank = this.#banks.get(program);
		if (!bank) {
			const image = this.#host.image(program);
			const size = REGISTERS + image.poolLo.length;
			bank = {
				image,
				lo: new Int32Array(size),
				hi: new Int32Array(size),
				touched: new Array<Region | undefined>(image.length + 1).fill(undefined),
			};
			bank.lo.set(image.poolLo, REGISTERS);
			bank.hi.set(image.poolHi, REGISTERS);
			this.#banks.set(program, bank);
		}
		return bank;
	}

	switchTo(bank: Bank): void {
		if (bank === this.bank) return;
		bank.lo.set(this.bank.lo.subarray(0, REGISTERS));
		bank.hi.set(this.bank.hi.subarray(0, REGISTERS));
		this.bank = bank;
	}

	#helperCall(): HelperCall {
		const memory = this.memory;
		return {
			memory,
			setHigh: (hi) => {
				this.#high = hi;
				this.#wide = true;
			},
			callback: (pc, a1, a2, a3, a4, a5) => this.#callback(pc, a1, a2, a3, a4, a5),
			fail: (message, unsupported) => {
				const trap: Trap = { kind: "helper", pc: this.pc, message };
				throw new GuestFault(unsupported === undefined ? trap : { ...trap, unsupported });
			},
		};
	}

	trap(trap: Trap): void {
		this.trapped = trap;
	}

	/** Enters a frame that returns to `back`. False when there are eight already: the run has trapped. */
	push(back: number): boolean {
		if (this.depth + 1 >= MAX_FRAMES) {
			this.trap({
				kind: "depth",
				pc: this.pc,
				message: `more than ${MAX_FRAMES} frames`,
			});
			return false;
		}
		this.depth++;
		const { lo, hi, image } = this.bank;
		const region = this.stack[this.depth] as Region;
		const frame = this.frames[this.depth] as Frame;
		frame.enter(lo, hi, this.pc, back, image.program, this.initialised, MAX_LOOPS);
		region.length = FRAME_SIZE;
		if (this.depth > this.deepest) {
			this.deepest = this.depth;
			this.memory.u8.fill(0, region.start, region.start + FRAME_SIZE);
		}
		lo[10] = region.start + FRAME_SIZE;
		hi[10] = 0;
		if (back !== HOST) this.initialised &= 0x43e;
		return true;
	}

	/** Leaves the frame of the callee with r0 as it is; the caller's r6 to r10 come back. */
	pop(): Frame {
		const frame = this.frames[this.depth] as Frame;
		(this.stack[this.depth] as Region).length = 0;
		this.depth--;
		if (frame.program && frame.program !== this.program) this.switchTo(this.bankOf(frame.program));
		frame.leave(this.bank.lo, this.bank.hi);
		this.initialised = (frame.initialised & ~0x3e) | 1;
		return frame;
	}

	/** Runs a function inside a helper call, to its end. */
	#callback(pc: number, a1: number, a2: number, a3: number, a4: number, a5: number): number {
		const from = this.pc;
		const before = this.steps;
		if (!this.push(HOST)) throw this.#asFault();
		const { lo, hi } = this.bank;
		[0, a1, a2, a3, a4, a5].forEach((value, i) => {
			lo[i] = value;
			hi[i] = value >> 31;
		});
		this.initialised = 0x43e;
		this.pc = pc;
		this.run(Number.POSITIVE_INFINITY);
		this.inner += this.steps - before;
		this.steps = before;
		if (this.trapped) throw this.#asFault();
		this.pc = from;
		return this.bank.lo[0] as number;
	}

	#asFault(): GuestFault {
		return new GuestFault(
			this.trapped ?? { kind: "helper", pc: this.pc, message: "callback failed" },
		);
	}

	/** Calls helper `index` of the image. False when it trapped. */
	#helper(index: number): boolean {
		const { lo, hi, image } = this.bank;
		const helper = image.helpers[index];
		if (!helper) return false;
		this.#wide = false;
		try {
			const low = helper.run(
				this.#call,
				lo[1] as number,
				hi[1] as number,
				lo[2] as number,
				hi[2] as number,
				lo[3] as number,
				hi[3] as number,
				lo[4] as number,
				hi[4] as number,
				lo[5] as number,
				hi[5] as number,
			);
			lo[0] = low;
			hi[0] = this.#wide ? this.#high : low >> 31;
		} catch (fault) {
			if (!(fault instanceof GuestFault)) throw fault;
			this.trap(fault.trap);
			return false;
		}
		this.initialised = (this.initialised & ~0x3e) | 1;
		return true;
	}

	/** Starts bpf_loop(nr, callback, context, flags). Returns the next instruction. */
	#startLoop(pc: number): number {
		const { lo, hi } = this.bank;
		const turns = (lo[1] as number) >>> 0;
		const refused = lo[4] !== 0 || hi[4] !== 0 ? -EINVAL : turns > MAX_LOOPS ? -E2BIG : 0;
		if (refused !== 0 || turns === 0) {
			lo[0] = refused;
			hi[0] = refused >> 31;
			this.initialised = (this.initialised & ~0x3e) | 1;
			return pc + 1;
		}
		const target = lo[2] as number;
		const contextLo = lo[3] as number;
		const contextHi = hi[3] as number;
		if (target < 0 || target >= this.bank.image.length || !this.push(pc + 1)) {
			if (!this.trapped)
				this.trap({ kind: "instruction", pc, message: `no function at instruction ${target}` });
			return pc;
		}
		(this.frames[this.depth] as Frame).loop = { turn: 0, turns, target, contextLo, contextHi };
		return this.#turn(this.frames[this.depth] as Frame);
	}

	/** Sets up the arguments of the next turn of a bpf_loop. */
	#turn(frame: Frame): number {
		const { lo, hi } = this.bank;
		const loop = frame.loop;
		if (!loop) return this.pc;
		lo[1] = loop.turn;
		hi[1] = 0;
		lo[2] = loop.contextLo;
		hi[2] = loop.contextHi;
		lo.fill(0, 3, 6);
		hi.fill(0, 3, 6);
		frame.mayGoto = MAX_LOOPS;
		this.initialised = 0x406;
		return loop.target;
	}

	/** The exit instruction. Returns the next instruction, or HOST when this run or callback is over. */
	#exit(pc: number): number {
		const frame = this.frames[this.depth] as Frame;
		const { lo, hi } = this.bank;
		const loop = frame.loop;
		if (loop) {
			loop.turn++;
			const leave = lo[0] !== 0 || hi[0] !== 0;
			if (!leave && loop.turn < loop.turns) {
				if (frame.program) this.switchTo(this.bankOf(frame.program));
				return this.#turn(frame);
			}
			this.pop();
			this.bank.lo[0] = loop.turn;
			this.bank.hi[0] = 0;
			return frame.back;
		}
		if (this.depth === 0) {
			(this.stack[0] as Region).length = 0;
			this.exited = true;
			this.pc = pc;
			return HOST;
		}
		this.pop();
		return frame.back;
	}

	/** bpf_tail_call(ctx, map, index). Returns the next instruction; 0 in the new program when it was entered. */
	#tailCall(pc: number): number {
		const { lo, hi, image } = this.bank;
		if (this.tailCalls < MAX_TAIL_CALLS) {
			const target = image.program.tailCall((lo[2] as number) >>> 0, (lo[3] as number) >>> 0);
			if (target) {
				this.tailCalls++;
				this.switchTo(this.bankOf(target));
				this.initialised = 0x402;
				(this.frames[this.depth] as Frame).mayGoto = MAX_LOOPS;
				return 0;
			}
		}
		lo[0] = 0;
		hi[0] = 0;
		this.initialised &= ~0x3e;
		return pc + 1;
	}

	/** BPF_LD | BPF_ABS or BPF_IND. Returns the next instruction; leaves the function with 0 when out of the packet. */
	#packetLoad(pc: number, indirect: boolean): number {
		const { lo, hi, image } = this.bank;
		const size = image.aux[pc] as 1 | 2 | 4;
		const base = indirect ? (lo[image.src[pc] as number] as number) : 0;
		const offset = (base + (image.off[pc] as number)) | 0;
		const load = image.program.loadPacket;
		if (!load) {
			const message = "packet loads work on packets only";
			this.trap({ kind: "instruction", pc, message, unsupported: "packet load" });
			return pc;
		}
		const value = load((lo[6] as number) >>> 0, offset, size);
		lo[0] = value ?? 0;
		hi[0] = 0;
		this.initialised = (this.initialised & ~0x3e) | 1;
		return value === undefined ? this.#exit(pc) : pc + 1;
	}

	/** The address of an access, checked; -1 when it is not allowed: the run has trapped. */
	reach(pc: number, register: number, size: number, write: boolean): number {
		const bank = this.bank;
		const address = ((bank.lo[register] as number) >>> 0) + (bank.image.off[pc] as number);
		if (bank.hi[register] === 0) {
			const last = bank.touched[pc];
			if (last !== undefined && allows(last, address, size, write)) {
				if (this.onAccess !== undefined) this.onAccess(address, size, write, pc);
				return address;
			}
			const region = this.memory.find(address);
			if (region !== undefined && allows(region, address, size, write)) {
				bank.touched[pc] = region;
				if (this.onAccess !== undefined) this.onAccess(address, size, write, pc);
				return address;
			}
		}
		const wild = (bank.hi[register] as number) * 4294967296 + address;
		const message = explainAccess(this.memory, wild, size, write);
		this.pc = pc;
		this.trap({ kind: "memory", pc, message, address: address >>> 0 });
		return -1;
	}

	unread(pc: number, mask: number): void {
		const register = 31 - Math.clz32(mask & -mask);
		this.trap({ kind: "instruction", pc, message: `r${register} was never written` });
	}

	refuse(pc: number): void {
		const fault = this.bank.image.faults.get(pc);
		const message = fault?.message ?? "no instruction";
		const trap: Trap = {
			kind: message.startsWith("helper") ? "helper" : "instruction",
			pc,
			message,
		};
		const unsupported = fault?.unsupported;
		this.trap(unsupported === undefined ? trap : { ...trap, unsupported });
	}

	/** One turn less for the may_goto instructions of this frame; false when none was left. */
	mayGoto(): boolean {
		const frame = this.frames[this.depth] as Frame;
		if (frame.mayGoto === 0) return false;
		frame.mayGoto--;
		return true;
	}

	/** 64-bit quotient or remainder of two registers, with Linux's answers for a divisor of 0. */
	divide(d: number, s: number, signed: boolean, remainder: boolean): void {
		const { lo, hi } = this.bank;
		if (lo[s] === 0 && hi[s] === 0) {
			if (!remainder) {
				lo[d] = 0;
				hi[d] = 0;
			}
			return;
		}
		(signed ? divideSigned : divideUnsigned)(
			lo[d] as number,
			hi[d] as number,
			lo[s] as number,
			hi[s] as number,
			this.#quotient,
			this.#remainder,
		);
		const result = remainder ? this.#remainder : this.#quotient;
		lo[d] = result.lo;
		hi[d] = result.hi;
	}

	/** The operations that change frames or leave the guest. Returns the next instruction, HOST when the entered frame is left. */
	leave(pc: number, op: number): number {
		this.pc = pc;
		switch (op) {
			case 40:
				return this.#helper(this.bank.image.off[pc] as number) ? pc + 1 : pc;
			case 41:
				return this.#exit(pc);
			case 79:
				return this.push(pc + 1) ? (this.bank.image.off[pc] as number) : pc;
			case 80:
				return this.#tailCall(pc);
			case 81:
				return this.#startLoop(pc);
			default:
				return this.#packetLoad(pc, op === 85);
		}
	}
}
