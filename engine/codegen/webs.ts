// After eviction: stores of values that come back from memory, right where they are made, and a register of its own for each part of a
// value's life that is connected.

import { liveness } from "./liveness.ts";
import {
	type Block,
	eachDef,
	eachUse,
	FP,
	type Func,
	type Insn,
	NONE,
	READ_D,
	READ_S,
	WRITE_D,
	WRITE_S,
} from "./machine.ts";
import { saveTo } from "./spill.ts";

function isReload(i: Insn, slots: ReadonlyMap<number, number>): boolean {
	return i.slot !== NONE && (i.op & 7) === 1 && i.op < 256 && slots.get(i.d) === i.slot;
}

/** Adds a store after each definition whose value a reload gets. */
export function storeSpilled(func: Func, slots: ReadonlyMap<number, number>): void {
	if (slots.size === 0) return;
	func.link();
	const needed = func.blocks.map(() => new Set<number>());
	for (let changed = true; changed; ) {
		changed = false;
		for (let b = func.blocks.length - 1; b >= 0; b--) {
			const block = func.blocks[b];
			const into = needed[b];
			if (!block || !into) continue;
			const now = afterBlock(block, needed);
			for (let at = block.insns.length - 1; at >= 0; at--) need(block.insns[at], slots, now);
			const before = into.size;
			for (const r of now) into.add(r);
			if (into.size > before) changed = true;
		}
	}
	for (const block of func.blocks) {
		const now = afterBlock(block, needed);
		const out: Insn[] = [];
		for (let at = block.insns.length - 1; at >= 0; at--) {
			const i = block.insns[at];
			if (!i) continue;
			const stores = need(i, slots, now);
			for (const r of stores) {
				const save = saveTo(slots.get(r) ?? 0, r);
				save.place = i.place;
				out.push(save);
			}
			out.push(i);
		}
		block.insns = out.reverse();
	}
}

function afterBlock(block: Block, needed: readonly Set<number>[]): Set<number> {
	const now = new Set<number>();
	for (const s of block.succs) for (const r of needed[s.index] ?? []) now.add(r);
	return now;
}

/** Steps backwards over an instruction; the registers whose new value must go to memory. */
function need(i: Insn | undefined, slots: ReadonlyMap<number, number>, now: Set<number>): number[] {
	const stores: number[] = [];
	if (!i) return stores;
	if (isReload(i, slots)) {
		now.add(i.d);
		return stores;
	}
	eachDef(i, (r) => {
		if (now.delete(r)) stores.push(r);
	});
	return stores;
}

/** Gives unconnected parts of the lives of `registers` registers of their own. */
export function splitWebs(func: Func, registers: Iterable<number>): void {
	const wanted = new Uint8Array(func.registers);
	let found = false;
	for (const r of registers) {
		wanted[r] = 1;
		found = true;
	}
	if (found) new Splitter(func, wanted).run();
}

class Splitter {
	readonly #func: Func;
	readonly #wanted: Uint8Array;
	/** Union-find over parts; part → register it came from. */
	readonly #parent: number[] = [];
	readonly #owner: number[] = [];
	readonly #name: number[] = [];
	readonly #taken = new Set<number>();

	constructor(func: Func, wanted: Uint8Array) {
		this.#func = func;
		this.#wanted = wanted;
	}

	#part(r: number): number {
		this.#owner.push(r);
		return this.#parent.push(this.#parent.length) - 1;
	}

	#find(p: number): number {
		let at = p;
		while (this.#parent[at] !== at) {
			const up = this.#parent[this.#parent[at] ?? at] ?? at;
			this.#parent[at] = up;
			at = up;
		}
		return at;
	}

	#join(a: number, b: number): void {
		this.#parent[this.#find(a)] = this.#find(b);
	}

	run(): void {
		const live = liveness(this.#func);
		const entries = this.#func.blocks.map((b) => {
			const parts = new Map<number, number>();
			for (const r of live.liveIn[b.index] ?? [])
				if (this.#wanted[r] === 1) parts.set(r, this.#part(r));
			return parts;
		});
		const marks = this.#func.blocks.map((b) => this.#block(b, entries));
		this.#func.blocks.forEach((b, at) => {
			this.#rewrite(b, marks[at] ?? []);
		});
	}

	/** The parts that the fields of each instruction belong to: read ones, then written ones. */
	#block(
		block: Block,
		entries: readonly Map<number, number>[],
	): [Map<number, number>, Map<number, number>][] {
		const now = new Map(entries[block.index]);
		const insns = block.term ? [...block.insns, block.term] : block.insns;
		const marks = insns.map((i): [Map<number, number>, Map<number, number>] => {
			const [reads, writes] = [new Map<number, number>(), new Map<number, number>()];
			eachUse(i, (r) => {
				if (!this.#wanted[r]) return;
				const part = now.get(r) ?? this.#part(r);
				now.set(r, part);
				reads.set(r, part);
			});
			eachDef(i, (r) => {
				if (!this.#wanted[r]) return;
				const part = this.#part(r);
				const old = reads.get(r);
				if (old !== undefined && tied(i, r)) this.#join(part, old);
				writes.set(r, part);
			});
			for (const [r, part] of writes) now.set(r, part);
			return [reads, writes];
		});
		for (const s of block.succs)
			for (const [r, part] of entries[s.index] ?? []) {
				const mine = now.get(r);
				if (mine !== undefined) this.#join(mine, part);
			}
		return marks;
	}

	#registerOf(part: number): number {
		const root = this.#find(part);
		let r = this.#name[root];
		if (r === undefined) {
			const owner = this.#owner[root] ?? 0;
			r = this.#taken.has(owner) ? this.#func.register() : owner;
			this.#taken.add(owner);
			this.#name[root] = r;
		}
		return r;
	}

	#rewrite(block: Block, marks: readonly [Map<number, number>, Map<number, number>][]): void {
		const insns = block.term ? [...block.insns, block.term] : block.insns;
		insns.forEach((i, at) => {
			const [reads, writes] = marks[at] ?? [new Map(), new Map()];
			if (reads.size === 0 && writes.size === 0) return;
			const to = (parts: Map<number, number>) => (r: number) => {
				const part = parts.get(r);
				return part === undefined ? r : this.#registerOf(part);
			};
			const read = to(reads);
			const write = to(writes);
			if (i.flags & WRITE_D) i.d = write(i.d);
			else if (i.flags & READ_D) i.d = read(i.d);
			if (i.flags & WRITE_S) i.s = write(i.s);
			else if (i.flags & READ_S) i.s = read(i.s);
			if (i.uses) i.uses = i.uses.map(read);
			if (i.defs) i.defs = i.defs.map(write);
		});
	}
}

/** One field of the instruction both reads and writes the register. */
function tied(i: Insn, r: number): boolean {
	if (r <= FP) return false;
	const d = (i.flags & (READ_D | WRITE_D)) === (READ_D | WRITE_D) && i.d === r;
	const s = (i.flags & (READ_S | WRITE_S)) === (READ_S | WRITE_S) && i.s === r;
	return d || s || (i.asm !== undefined && (i.uses?.includes(r) ?? false));
}
