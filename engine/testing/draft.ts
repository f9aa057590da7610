// A program under construction for the frontier generator: instructions with labels, what kind of value each register
// holds, random choices. For tests only.

import { Random } from "../base/index.ts";
import type { Insn } from "../isa/index.ts";
import type { RawMap } from "./rawcase.ts";

export const SOCKET_FILTER = 1;
export const SCHED_CLS = 3;
export const TRACEPOINT = 5;
export const XDP = 6;

export type Kind = "scalar" | "packet" | "value" | "maybe" | "stack" | "none";

const interesting = [
	0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 47, 48, 49, 63, 64, 100, 127, 128, 255, 256, 512, 1000,
	65535, 65536, 0x7fffffff, -0x80000000, -1, -2, -8, -16, -64, -128, -512, -65536,
];
export const sizes = [
	{ code: 0x10, bytes: 1 },
	{ code: 0x08, bytes: 2 },
	{ code: 0x00, bytes: 4 },
	{ code: 0x18, bytes: 8 },
] as const;

interface Slot extends Insn {
	/** Label that the offset, or the imm of a call, is to reach. */
	target?: string;
}

/** One program under construction. r6 holds the context, r7 to r9 and r2 to r5 wander. */
export class Draft {
	readonly random: Random;
	readonly type: number;
	readonly slots: Slot[] = [];
	readonly labels = new Map<string, number>();
	readonly places: Partial<Record<RawMap, number[]>> = {};
	readonly kinds: Kind[] = new Array<Kind>(10).fill("none");
	/** Stack slots (multiples of 8 below the frame pointer) that were written. */
	readonly written = new Set<number>();
	#labels = 0;

	constructor(seed: number) {
		this.random = new Random(seed);
		this.type = this.pick([SOCKET_FILTER, SCHED_CLS, SCHED_CLS, TRACEPOINT, XDP, XDP]);
	}

	pick<T>(from: readonly T[]): T {
		return from[this.random.below(from.length)] as T;
	}

	chance(percent: number): boolean {
		return this.random.below(100) < percent;
	}

	constant(): number {
		if (this.chance(70)) return this.pick(interesting);
		return (this.random.u32() | 0) >> this.random.below(32);
	}

	emit(opcode: number, dst: number, src: number, off: number, imm: number, target?: string): void {
		this.slots.push({ opcode, dst, src, off, imm, ...(target ? { target } : {}) });
	}

	label(): string {
		this.#labels++;
		return `L${this.#labels}`;
	}

	place(label: string): void {
		this.labels.set(label, this.slots.length);
	}

	/** A register of the kind; sometimes any. */
	register(kind: Kind): number | undefined {
		if (this.chance(1)) return this.random.below(10);
		const found = [2, 3, 4, 5, 7, 8, 9].filter((r) => this.kinds[r] === kind);
		return found.length > 0 ? this.pick(found) : undefined;
	}

	free(): number {
		return this.pick([2, 3, 4, 5, 7, 8, 9]);
	}

	scalar(): number {
		const found = this.register("scalar");
		if (found !== undefined) return found;
		const r = this.free();
		this.loadScalar(r);
		return r;
	}

	loadScalar(r: number): void {
		const wide = this.type === TRACEPOINT;
		if (this.chance(25)) this.emit(0xb7, r, 0, 0, this.constant());
		else if (this.chance(10)) {
			this.emit(0x18, r, 0, 0, this.constant());
			this.emit(0, 0, 0, 0, this.constant());
		} else if (this.chance(30)) {
			this.helper(this.pick([5, 7, 8]));
			this.emit(0xbf, r, 0, 0, 0);
		} else if (wide) this.emit(0x79, r, 6, 8 * this.random.below(8), 0);
		else if (this.type === XDP) this.emit(0x61, r, 6, this.pick([12, 16]), 0);
		else this.emit(0x61, r, 6, this.pick([0, 4, 8, 16, 40, 44]), 0);
		this.kinds[r] = "scalar";
	}

	helper(id: number): void {
		this.emit(0x85, 0, 0, 0, id);
		for (const r of [2, 3, 4, 5]) this.kinds[r] = "none";
	}

	/** Puts a scalar below a bound, mostly. */
	bound(r: number, limit: number): void {
		const opcode = this.pick([0x57, 0x57, 0x57, 0x25, 0x25, 0x26, 0x65, 0x66]);
		this.emit(opcode, r, 0, 0, limit - 1, opcode === 0x57 ? undefined : "out");
	}

	/** A scalar without a call, which would lose the packet registers. */
	loadScalarSimple(r: number): void {
		if (this.type === TRACEPOINT) this.emit(0x79, r, 6, 8 * this.random.below(8), 0);
		else if (this.type === XDP) this.emit(0x61, r, 6, 12, 0);
		else this.emit(0x61, r, 6, this.pick([0, 4, 8, 16]), 0);
		this.kinds[r] = "scalar";
	}

	/** A load or store of memory of which `size` bytes may be used. */
	access(pointer: number, size: number, store: boolean): void {
		const width = this.pick(sizes);
		const room = size - width.bytes;
		const off =
			this.chance(93) && room >= 0 ? this.random.below(room + 1) : this.pick([-1, size, room + 1]);
		if (store) {
			if (this.chance(50)) this.emit(0x62 | width.code, pointer, 0, off, this.constant());
			else this.emit(0x63 | width.code, pointer, this.scalarBut(pointer), off, 0);
			return;
		}
		const d = this.chance(90)
			? this.pick([2, 3, 4, 5, 7, 8, 9].filter((r) => r !== pointer))
			: pointer;
		const mode = this.chance(15) && width.bytes < 8 ? 0x81 : 0x61;
		this.emit(mode | width.code, d, pointer, off, 0);
		this.kinds[d] = "scalar";
	}

	scalarBut(other: number): number {
		const found = [2, 3, 4, 5, 7, 8, 9].filter((r) => r !== other && this.kinds[r] === "scalar");
		if (found.length > 0) return this.pick(found);
		const r = this.pick([2, 3, 4, 5, 7, 8, 9].filter((x) => x !== other));
		this.emit(0xb7, r, 0, 0, this.constant());
		this.kinds[r] = "scalar";
		return r;
	}

	map(r: number, name: RawMap): void {
		this.places[name] ??= [];
		this.places[name].push(this.slots.length);
		this.emit(0x18, r, 1, 0, 0);
		this.emit(0, 0, 0, 0, 0);
	}
}
