// A generator of programs near the frontier of acceptance: mostly valid, each with a few chances to go wrong. Scalars,
// branches, packets, maps, stack, loops, subprograms and helper arguments. The seed decides everything. For tests only.

import { codeOf, type Insn } from "../isa/index.ts";
import { Draft, SCHED_CLS, SOCKET_FILTER, sizes, XDP } from "./draft.ts";
import { type RawCase, rawCase } from "./rawcase.ts";

const operators = [0x00, 0x00, 0x10, 0x10, 0x20, 0x40, 0x50, 0x50, 0x50, 0xa0];
const shifts = [0x60, 0x70, 0xc0];
const jumps = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0];

/** The features of programs; a draft is built out of them. */
export class Frontier extends Draft {
	#depth = 0;
	readonly subprograms: string[] = [];
	/** Where functions begin. */
	readonly parts: number[] = [];

	arithmetic(): void {
		const d = this.scalar();
		const wide = this.chance(55) ? 7 : 4;
		const roll = this.random.below(100);
		if (roll < 12)
			this.emit(this.pick(shifts) | wide, d, 0, 0, this.random.below(wide === 7 ? 64 : 32));
		else if (roll < 15) this.emit(this.pick(shifts) | wide | 8, d, this.scalar(), 0, 0);
		else if (roll < 19) this.emit(0x80 | wide, d, 0, 0, 0);
		else if (roll < 23) this.emit(this.pick([0xd4, 0xdc, 0xd7]), d, 0, 0, this.pick([16, 32, 64]));
		else if (roll < 27)
			this.emit(this.pick([0x30, 0x90]) | wide, d, 0, this.random.below(2), this.constant() || 3);
		else if (roll < 40) this.move(d);
		else if (roll < 65) this.emit(this.pick(operators) | wide | 8, d, this.scalar(), 0, 0);
		else this.emit(this.pick(operators) | wide, d, 0, 0, this.constant());
	}

	move(source: number): void {
		const d = this.free();
		if (this.chance(60)) this.emit(0xbf, d, source, 0, 0);
		else if (this.chance(50)) this.emit(0xbc, d, source, this.pick([0, 0, 8, 16]), 0);
		else this.emit(0xbf, d, source, this.pick([8, 16, 32]), 0);
		this.kinds[d] = "scalar";
	}

	branch(): void {
		const label = this.label();
		const d = this.scalar();
		const op = this.pick(jumps) | (this.chance(60) ? 5 : 6);
		if (this.chance(40)) this.emit(op | 8, d, this.scalar(), 0, 0, label);
		else this.emit(op, d, 0, 0, this.constant(), label);
		const before = [...this.kinds];
		const written = [...this.written];
		this.block(1 + this.random.below(4));
		if (this.chance(15)) {
			const end = this.label();
			this.emit(0x05, 0, 0, 0, 0, end);
			this.place(label);
			this.block(1 + this.random.below(3));
			this.place(end);
		} else this.place(label);
		for (let r = 0; r < 10; r++) if (before[r] !== this.kinds[r]) this.kinds[r] = "none";
		if (this.chance(95)) {
			this.written.clear();
			for (const slot of written) this.written.add(slot);
		}
	}

	packet(): void {
		if (this.type !== XDP && this.type !== SCHED_CLS) {
			this.arithmetic();
			return;
		}
		const [data, end] = this.type === XDP ? [0, 4] : [76, 80];
		const p = this.free();
		const e = this.pick([2, 3, 4, 5, 7, 8, 9].filter((r) => r !== p));
		this.emit(0x61, p, 6, data, 0);
		this.emit(0x61, e, 6, end, 0);
		this.kinds[p] = "packet";
		this.kinds[e] = "none";
		if (this.chance(40)) {
			const s = this.pick([2, 3, 4, 5, 7, 8, 9].filter((r) => r !== p && r !== e));
			this.loadScalarSimple(s);
			this.bound(s, this.pick([16, 64, 256, 65536]));
			this.emit(0x0f, p, s, 0, 0);
		}
		const size = this.pick([1, 2, 8, 14, 34, 64]);
		const t = this.pick([2, 3, 4, 5, 7, 8, 9].filter((r) => r !== p && r !== e));
		this.emit(0xbf, t, p, 0, 0);
		this.emit(0x07, t, 0, 0, size);
		const form = this.random.below(4);
		const inside = this.label();
		if (form === 0) this.emit(0x2d, t, e, 0, 0, "out");
		else if (form === 1) this.emit(0x3d, t, e, 0, 0, "out");
		else if (form === 2) this.emit(0xad, e, t, 0, 0, "out");
		else {
			this.emit(0xbd, t, e, 0, 0, inside);
			this.emit(0x05, 0, 0, 0, 0, "out");
			this.place(inside);
		}
		this.kinds[t] = "none";
		for (let n = 1 + this.random.below(3); n > 0; n--) this.access(p, size, this.chance(20));
	}

	lookup(): void {
		const name = this.pick(["map_hash_48b", "map_array_48b", "map_hash_8b"] as const);
		const slot = -8 * (1 + this.random.below(4));
		if (this.chance(96)) {
			this.emit(0x7a, 10, 0, slot, this.pick([0, 0, 0, 1, 7]));
			this.written.add(slot);
		}
		this.emit(0xbf, 2, 10, 0, 0);
		this.emit(0x07, 2, 0, 0, slot);
		this.map(1, name);
		this.helper(1);
		const d = this.pick([7, 8, 9]);
		const size = name === "map_hash_8b" ? 8 : 48;
		if (this.chance(30)) {
			this.emit(0xbf, d, 0, 0, 0);
			this.kinds[d] = "maybe";
			if (this.chance(94))
				this.emit(this.chance(80) ? 0x15 : 0x1d, this.chance(50) ? 0 : d, 0, 0, 0, "out");
		} else {
			if (this.chance(96)) this.emit(0x15, 0, 0, 0, 0, "out");
			this.emit(0xbf, d, 0, 0, 0);
		}
		this.kinds[d] = "value";
		if (this.chance(60)) this.variable(d, size);
		for (let n = 1 + this.random.below(3); n > 0; n--) this.access(d, size, this.chance(40));
	}

	/** Adds a bounded scalar to a pointer to memory, then uses it. */
	variable(pointer: number, size: number): void {
		const s = this.scalarBut(pointer);
		if (this.chance(60)) this.loadScalarSimple(s);
		const limit = this.pick([4, 8, 16, 32, size]);
		this.bound(s, limit);
		const t = this.pick([2, 3, 4, 5, 7, 8, 9].filter((r) => r !== pointer && r !== s));
		this.emit(0xbf, t, pointer, 0, 0);
		this.emit(this.chance(92) ? 0x0f : 0x1f, t, s, 0, 0);
		this.kinds[t] = "none";
		const width = this.pick(sizes);
		const off = this.chance(90) ? Math.max(0, size - limit - width.bytes + 1) : size - limit;
		if (this.chance(50)) this.emit(0x61 | width.code, this.free(), t, off, 0);
		else this.emit(0x62 | width.code, t, 0, off, 0);
	}

	stack(): void {
		const roll = this.random.below(100);
		const width = this.pick(sizes);
		if (roll < 35) {
			const off = -8 * (1 + this.random.below(8));
			const s = this.scalar();
			if (this.chance(60)) {
				this.emit(0x7b, 10, s, off, 0);
				this.written.add(off);
			} else this.emit(0x63 | width.code, 10, s, off + this.pick([0, 0, 0, 8 - width.bytes]), 0);
		} else if (roll < 75 && this.written.size > 0) {
			const d = this.free();
			const base = this.pick([...this.written]);
			const off = base + (this.chance(60) ? 0 : this.pick([0, 4, 8 - width.bytes]));
			const code = this.chance(60) ? 0x18 : width.code;
			this.emit(0x61 | code, d, 10, this.chance(95) ? (code === 0x18 ? base : off) : off - 3, 0);
			this.kinds[d] = "scalar";
		} else if (roll < 85) {
			const pointer = this.register("value") ?? this.register("packet");
			const off = -8 * (1 + this.random.below(8));
			if (pointer === undefined) return;
			this.emit(0x7b, 10, pointer, off, 0);
			const d = this.free();
			this.emit(0x79, d, 10, off, 0);
			this.kinds[d] = this.kinds[pointer] ?? "none";
			this.written.delete(off);
		} else this.variableStack();
	}

	variableStack(): void {
		const t = this.free();
		const s = this.pick([2, 3, 4, 5, 7, 8, 9].filter((r) => r !== t));
		const base = -8 * (2 + this.random.below(6));
		if (this.chance(80)) for (let off = base; off < 0; off += 8) this.emit(0x7a, 10, 0, off, 0);
		this.loadScalarSimple(s);
		this.bound(s, this.pick([8, 16, 16]));
		this.emit(0xbf, t, 10, 0, 0);
		this.emit(0x07, t, 0, 0, base);
		this.emit(0x0f, t, s, 0, 0);
		if (this.chance(50)) this.emit(0x71, s, t, 0, 0);
		else this.emit(0x72, t, 0, 0, this.constant());
		this.kinds[t] = "none";
		this.kinds[s] = "none";
	}

	loop(): void {
		if (this.#depth > 0) return;
		this.#depth++;
		const counter = this.pick([7, 8, 9]);
		const start = this.label();
		this.emit(0xb7, counter, 0, 0, 0);
		this.kinds.fill("none");
		this.place(start);
		const body = 1 + this.random.below(3);
		for (let i = 0; i < body; i++)
			this.pick([() => this.arithmeticBut(counter), () => this.stackWrite()])();
		this.emit(this.chance(80) ? 0x07 : 0x04, counter, 0, 0, this.pick([1, 1, 1, 1, 1, 2]));
		const limit = this.pick([2, 3, 5, 10, 12]);
		if (this.chance(80))
			this.emit(this.pick([0xa5, 0xa6, 0xc5, 0x55]), counter, 0, 0, limit, start);
		else {
			const s = this.pick([2, 3, 4, 5]);
			this.loadScalarSimple(s);
			this.bound(s, 16);
			this.emit(0xad, counter, s, 0, 0, start);
		}
		this.kinds.fill("none");
		this.kinds[counter] = "scalar";
		this.#depth--;
	}

	arithmeticBut(counter: number): void {
		const d = this.pick([2, 3, 4, 5, 7, 8, 9].filter((r) => r !== counter));
		this.loadScalarSimple(d);
		this.emit(this.pick(operators) | (this.chance(50) ? 7 : 4), d, 0, 0, this.constant());
		if (this.chance(30)) {
			const over = this.label();
			this.emit(this.pick(jumps) | 5, d, 0, 0, this.constant(), over);
			this.emit(0x07, d, 0, 0, 1);
			this.place(over);
		}
	}

	stackWrite(): void {
		this.emit(0x7a, 10, 0, -8 * (1 + this.random.below(8)), this.constant());
	}

	/** Helpers that take memory and its size, a key, a context. */
	call(): void {
		const roll = this.random.below(4);
		const size = this.pick([1, 4, 8, 16]);
		const base = -8 * this.pick([2, 3, 4]);
		if (this.chance(92)) for (let off = base; off < 0; off += 8) this.emit(0x7a, 10, 0, off, 0);
		if (roll === 0) {
			this.emit(0xbf, 2, 10, 0, 0);
			this.emit(0x07, 2, 0, 0, base);
			this.map(1, this.pick(["map_hash_8b", "map_hash_48b"] as const));
			this.helper(3);
		} else if (roll === 1) {
			const name = this.pick(["map_hash_8b", "map_array_48b"] as const);
			this.emit(0xbf, 2, 10, 0, 0);
			this.emit(0x07, 2, 0, 0, -8);
			this.emit(0xbf, 3, 10, 0, 0);
			this.emit(0x07, 3, 0, 0, name === "map_hash_8b" ? base : -48);
			this.emit(0xb7, 4, 0, 0, this.pick([0, 0, 1, 2]));
			this.map(1, name);
			this.helper(2);
		} else if (this.type === SCHED_CLS || this.type === SOCKET_FILTER) {
			const s = this.pick([7, 8, 9]);
			this.loadScalarSimple(s);
			this.emit(0xbf, 1, 6, 0, 0);
			this.emit(0xb7, 2, 0, 0, this.random.below(20));
			this.emit(0xbf, 3, 10, 0, 0);
			this.emit(0x07, 3, 0, 0, base);
			if (this.chance(50)) this.emit(0xb7, 4, 0, 0, size);
			else {
				this.bound(s, 16);
				if (this.chance(60)) this.emit(0x07, s, 0, 0, 1);
				this.emit(0xbf, 4, s, 0, 0);
			}
			this.helper(26);
		} else this.helper(this.pick([5, 7, 8, 14, 15]));
		this.kinds[0] = "scalar";
	}

	/** Read-modify-write of the stack or of a map value. */
	atomic(): void {
		const pointer = this.chance(50) ? 10 : (this.register("value") ?? 10);
		const off = pointer === 10 ? -8 * (1 + this.random.below(4)) : this.pick([0, 8, 4]);
		if (pointer === 10 && this.chance(90)) this.emit(0x7a, 10, 0, off, this.constant());
		const source = this.scalarBut(pointer);
		const op = this.pick([
			0x00, 0x01, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1, 0x100, 0x110,
		]);
		const width = this.chance(50) ? 0xdb : 0xc3;
		if (op === 0xf1 && this.chance(80)) this.emit(0xb7, 0, 0, 0, this.constant());
		if (op === 0x100) this.emit(width, source, pointer, off, op);
		else this.emit(width, pointer, source, off, op);
	}

	/** A record that is reserved, filled, and submitted or forgotten. */
	ringbuf(): void {
		const size = this.pick([8, 16, 24]);
		this.map(1, "map_ringbuf");
		this.emit(0xb7, 2, 0, 0, size);
		this.emit(0xb7, 3, 0, 0, this.chance(95) ? 0 : 1);
		this.helper(131);
		const d = this.pick([7, 8, 9]);
		if (this.chance(95)) this.emit(0x15, 0, 0, 0, 0, "out");
		this.emit(0xbf, d, 0, 0, 0);
		this.kinds[d] = "value";
		for (let n = this.random.below(3); n > 0; n--) this.access(d, size, this.chance(70));
		if (this.chance(15)) this.branch();
		if (this.chance(93)) {
			this.emit(0xbf, 1, d, 0, 0);
			this.emit(0xb7, 2, 0, 0, 0);
			this.helper(this.chance(70) ? 132 : 133);
		}
		this.kinds[d] = "none";
	}

	/** A pointer into the first value of an array. */
	direct(): void {
		const d = this.pick([7, 8, 9]);
		this.places.map_array_48b ??= [];
		this.places.map_array_48b.push(this.slots.length);
		const off = this.chance(90) ? this.pick([0, 8, 40]) : this.pick([47, 48, 64]);
		this.emit(0x18, d, 2, 0, 0);
		this.emit(0, 0, 0, 0, off);
		this.kinds[d] = "value";
		if (this.chance(50)) this.variable(d, 48 - off);
		this.access(d, 48 - off, this.chance(40));
	}

	/** Calls that may move the packet, after which its pointers are gone. */
	reshape(): void {
		if (this.type !== XDP && this.type !== SCHED_CLS) return;
		this.emit(0xbf, 1, 6, 0, 0);
		this.emit(0xb7, 2, 0, 0, this.pick([0, -8, 14, 64]));
		if (this.type === SCHED_CLS) {
			this.emit(0xb7, 3, 0, 0, 0);
			this.helper(this.pick([38, 39]));
		} else this.helper(this.pick([44, 65]));
		this.kinds[0] = "scalar";
		if (this.chance(80))
			for (let r = 7; r < 10; r++) if (this.kinds[r] === "packet") this.kinds[r] = "none";
	}

	/** LD_ABS and LD_IND, for programs that have an skb. */
	legacy(): void {
		if (this.type !== SOCKET_FILTER && this.type !== SCHED_CLS) return;
		const width = this.pick([0x00, 0x08, 0x10]);
		if (this.chance(60)) this.emit(0x20 | width, 0, 0, 0, this.random.below(64));
		else this.emit(0x40 | width, 0, this.scalarBut(0), 0, this.random.below(16));
		for (const r of [2, 3, 4, 5]) this.kinds[r] = "none";
		const d = this.pick([7, 8, 9]);
		this.emit(0xbf, d, 0, 0, 0);
		this.kinds[d] = "scalar";
	}

	/** A loop that may_goto bounds. */
	mayGoto(): void {
		if (this.#depth > 0) return;
		this.#depth++;
		const [start, end] = [this.label(), this.label()];
		const counter = this.pick([7, 8, 9]);
		this.emit(0xb7, counter, 0, 0, 0);
		this.kinds.fill("none");
		this.place(start);
		this.emit(0xe5, 0, 0, 0, 0, end);
		this.emit(0x07, counter, 0, 0, 1);
		if (this.chance(50)) this.arithmeticBut(counter);
		if (this.chance(40)) this.emit(0x25, counter, 0, 0, this.pick([3, 10, 1000]), end);
		this.emit(0x05, 0, 0, 0, 0, start);
		this.place(end);
		this.kinds.fill("none");
		this.kinds[counter] = "scalar";
		this.#depth--;
	}

	comparePointers(): void {
		const a = this.register("value") ?? this.register("packet") ?? 10;
		const b = this.chance(50) ? 10 : this.free();
		const label = this.label();
		this.emit(this.pick(jumps) | (this.chance(80) ? 5 : 6) | 8, a, b, 0, 0, label);
		this.arithmetic();
		this.place(label);
		this.kinds.fill("none");
	}

	subprogram(): void {
		const name = `F${this.subprograms.length}`;
		if (this.#depth > 0 || this.subprograms.length >= 3) return;
		this.subprograms.push(name);
		const argument = this.pick(["scalar", "stack", "context"] as const);
		if (argument === "scalar") this.emit(0xbf, 1, this.scalar(), 0, 0);
		else if (argument === "stack") {
			this.emit(0x7a, 10, 0, -8, this.constant());
			this.emit(0xbf, 1, 10, 0, 0);
			this.emit(0x07, 1, 0, 0, -8);
		} else this.emit(0xbf, 1, 6, 0, 0);
		this.emit(0x85, 0, 1, 0, 0, `${name}:${argument}`);
		for (const r of [2, 3, 4, 5]) this.kinds[r] = "none";
		if (this.chance(50)) {
			const d = this.free();
			this.emit(0xbf, d, 0, 0, 0);
			this.kinds[d] = "scalar";
		}
	}

	body(name: string, argument: string): void {
		this.place(`${name}:${argument}`);
		if (argument === "scalar") {
			this.emit(0xbf, 0, 1, 0, 0);
			if (this.chance(60)) {
				const label = this.label();
				this.emit(this.pick(jumps) | 5, 1, 0, 0, this.constant(), label);
				this.emit(this.pick([0xb7, 0x57, 0x07]), 0, 0, 0, this.constant());
				this.place(label);
			}
		} else if (argument === "stack") {
			if (this.chance(60)) this.emit(0x79, 0, 1, 0, 0);
			else this.emit(0x71, 0, 1, this.pick([0, 7, 8]), 0);
			if (this.chance(40)) this.emit(0x7a, 1, 0, this.pick([0, 0, 0, 8, -8]), this.constant());
			if (this.chance(40)) this.emit(0x7b, 10, 0, -8 * (1 + this.random.below(3)), 0);
		} else this.emit(0x61, 0, 1, this.type === XDP ? 12 : 0, 0);
		if (this.chance(97)) this.emit(0x95, 0, 0, 0, 0);
	}

	block(count: number): void {
		for (let i = 0; i < count; i++) {
			const roll = this.random.below(100);
			if (this.slots.length > 120) return;
			if (roll < 32) this.arithmetic();
			else if (roll < 46) this.branch();
			else if (roll < 55) this.packet();
			else if (roll < 66) this.lookup();
			else if (roll < 78) this.stack();
			else if (roll < 81) this.loop();
			else if (roll < 86) this.call();
			else this.rarer();
		}
	}

	rarer(): void {
		const all = [
			() => this.subprogram(),
			() => this.subprogram(),
			() => this.atomic(),
			() => this.ringbuf(),
			() => this.direct(),
			() => this.reshape(),
			() => this.legacy(),
			() => this.mayGoto(),
			() => this.comparePointers(),
		];
		this.pick(all)();
	}

	finish(seed: number): RawCase {
		this.emit(0xbf, 6, 1, 0, 0);
		this.block(4 + this.random.below(10));
		this.place("out");
		if (this.chance(97)) this.emit(0xb7, 0, 0, 0, this.pick([0, 1, 2]));
		this.emit(0x95, 0, 0, 0, 0);
		return this.finished(seed);
	}

	/** Appends the functions that were called and puts the distances in. */
	finished(seed: number): RawCase {
		for (const slot of [...this.slots]) {
			const [name, argument] = slot.target?.split(":") ?? [];
			if (slot.opcode !== 0x85 || !name || !argument) continue;
			this.parts.push(this.slots.length);
			this.body(name, argument);
		}
		const insns = this.slots.map((slot, pc): Insn => {
			if (slot.target === undefined) return slot;
			const distance = (this.labels.get(slot.target) ?? 0) - pc - 1;
			const far = slot.opcode === 0x85 || slot.opcode === 0x18;
			return far ? { ...slot, imm: distance } : { ...slot, off: distance };
		});
		// Mostly none; strict alignment, frequent checkpoints, contradictions refused.
		const flags = this.pick([0, 0, 0, 0, 1, 8, 8, 128]);
		return { ...rawCase(`frontier ${seed}`, this.type, codeOf(insns), this.places), flags };
	}
}

/** The program of a seed. */
export function frontier(seed: number): RawCase {
	return new Frontier(seed).finish(seed);
}
