// What runs a program, whoever does it: the program made ready, the helpers it may call, the outcome.

import type { Code } from "../isa/index.ts";
import type { GuestMemory } from "./memory.ts";

/** A fault of the guest, as data. `address` is an unsigned guest address. */
export interface Trap {
	readonly kind: "memory" | "fuel" | "instruction" | "helper" | "stopped" | "depth";
	/** The instruction; -1 where compiled code does not know. */
	readonly pc: number;
	/** What happened, for people: `read of 4 bytes at packet+14, packet has 14 bytes`. */
	readonly message: string;
	readonly address?: number;
	/** Named when the fault is that Skep lacks something, e.g. a helper that is not implemented. */
	readonly unsupported?: string;
}

/** r0 at exit as two signed 32-bit halves, or the trap that ended the run. `steps`: executed instructions where counted. */
export type RunResult =
	| { readonly kind: "exit"; readonly lo: number; readonly hi: number; readonly steps?: number }
	| { readonly kind: "trap"; readonly trap: Trap; readonly steps?: number };

/** What a helper may ask of the machine that is calling it. */
export interface HelperCall {
	readonly memory: GuestMemory;
	/** Set by the helper before it returns when its result does not fit the sign-extended low half. */
	setHigh(hi: number): void;
	/** Runs the subprogram whose first instruction is `pc` with up to five arguments (bpf_loop and other callbacks); returns
	 *  the low half of its r0. A trap in it ends the whole run. */
	callback(pc: number, a1: number, a2: number, a3: number, a4: number, a5: number): number;
	/** Ends the run with a trap. */
	fail(message: string, unsupported?: string): never;
}

/** A helper: arguments r1 to r5 as (lo, hi) pairs of signed 32-bit integers. Returns the low half of r0; the high half is its
 *  sign extension unless setHigh was called. Pointers are addresses in `lo`. A helper may not keep `call`. */
export type Helper = (
	call: HelperCall,
	r1: number,
	r1hi: number,
	r2: number,
	r2hi: number,
	r3: number,
	r3hi: number,
	r4: number,
	r4hi: number,
	r5: number,
	r5hi: number,
) => number;

/** Helpers by id. Executors do two of them themselves, whatever the table says: 12 (tail_call, through `Program.tailCall`)
 *  and 181 (loop). */
export type HelperTable = ReadonlyMap<
	number,
	{ readonly name: string; readonly args: number; readonly run: Helper }
>;

/** Lookups that the JIT may inline: element i (u32, checked against maxEntries) is at `base + i * stride`. */
export interface ArrayLayout {
	readonly base: number;
	readonly stride: number;
	readonly maxEntries: number;
}

/** A hash table that lies whole in guest memory and never moves, for lookups compiled into programs. Addresses are guest
 *  addresses; nodes are numbered from 0. The hash function is that of `hashKey`. */
export interface HashLayout {
	readonly keySize: number;
	readonly seed: number;
	/** i32 a bucket: number of its first node + 1, 0 for none. */
	readonly buckets: number;
	/** Number of buckets less one; the number is a power of two. */
	readonly mask: number;
	/** Two i32 a node: the next node's number + 1, and the key's hash. */
	readonly links: number;
	readonly keys: number;
	/** Distance of two keys, a multiple of 4. */
	readonly keyStride: number;
	readonly values: number;
	/** Distance of the values of two nodes. */
	readonly valueStride: number;
}

/** A program ready to run on one GuestMemory. */
export interface Program {
	readonly name: string;
	/** ld_imm64 already holds guest addresses (map handles, map values) with source register 0; PSEUDO_FUNC keeps its source. */
	readonly code: Code;
	/** First instruction of every function, the entry (0) first, ascending. */
	readonly functions: readonly number[];
	readonly helpers: HelperTable;
	/** Array maps by the address of their handle, for inlined lookups. */
	readonly arrays: ReadonlyMap<number, ArrayLayout>;
	/** Hash maps by the address of their handle, for compiled lookups; only those whose lookup has no side effect. */
	readonly hashes?: ReadonlyMap<number, HashLayout>;
	/** The program in slot `index` of the prog array with this handle; undefined when the slot is empty or out of range. */
	readonly tailCall: (handle: number, index: number) => Program | undefined;
	/** Legacy packet loads (BPF_ABS, BPF_IND): the value in host order, or undefined when out of range (the program exits with 0). */
	readonly loadPacket?: (context: number, offset: number, size: 1 | 2 | 4) => number | undefined;
}

/** Executes programs. A Runner belongs to one Program and may be run any number of times. */
export interface Executor {
	readonly kind: "vm" | "jit";
	load(program: Program): Runner;
}

export interface Runner {
	/** Runs with r1 = `context` (a guest address). */
	run(context: number): RunResult;
	/** Runs the function whose first instruction is `pc` (timer and other later callbacks) with up to five 32-bit arguments. */
	call(pc: number, args: readonly number[]): RunResult;
	/** Runs `count` times on the same context without leaving the executor, adding up 32-bit results in a checksum; for benchmarks. */
	runMany?(context: number, count: number): RunResult;
}
