// The interference graph: which registers may not be the same. Takes machine code with liveness, gives a symmetric relation.

import type { Liveness, Registers } from "./liveness.ts";
import { type Block, eachDef, eachUse, FP, type Func, type Insn, isCopy } from "./machine.ts";

/** Up to this many registers the relation is a bit matrix, beyond a set for each. */
const MATRIX = 6000;

export class Graph {
	readonly size: number;
	/** Neighbours of each register; machine registers keep none. */
	readonly neighbours: number[][];
	readonly #matrix: Uint32Array | undefined;
	/** For each register those before it. */
	readonly #lower: (Set<number> | undefined)[] = [];

	constructor(size: number) {
		this.size = size;
		this.neighbours = Array.from({ length: size }, () => []);
		if (size <= MATRIX) this.#matrix = new Uint32Array(((size * size) >> 5) + 1);
	}

	interfere(a: number, b: number): boolean {
		if (!this.#matrix) return this.#lower[Math.max(a, b)]?.has(Math.min(a, b)) ?? false;
		const at = a * this.size + b;
		return (((this.#matrix[at >> 5] ?? 0) >>> (at & 31)) & 1) === 1;
	}

	add(a: number, b: number): boolean {
		if (a === b || this.interfere(a, b)) return false;
		if (this.#matrix) {
			mark(this.#matrix, a * this.size + b);
			mark(this.#matrix, b * this.size + a);
		} else {
			const [low, high] = a < b ? [a, b] : [b, a];
			this.#lower[high] ??= new Set();
			this.#lower[high].add(low);
		}
		if (a > FP) this.neighbours[a]?.push(b);
		if (b > FP) this.neighbours[b]?.push(a);
		return true;
	}
}

function mark(bits: Uint32Array, at: number): void {
	bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
}

/** A set of registers that is quick to go through. */
export class LiveSet {
	readonly list: number[] = [];
	readonly #at: Int32Array;

	constructor(size: number) {
		this.#at = new Int32Array(size).fill(-1);
	}

	has(r: number): boolean {
		return (this.#at[r] ?? -1) >= 0;
	}

	add(r: number): void {
		if (r === FP || this.has(r)) return;
		this.#at[r] = this.list.push(r) - 1;
	}

	delete(r: number): void {
		const at = this.#at[r] ?? -1;
		if (at < 0) return;
		const last = this.list.pop() ?? r;
		if (last !== r) {
			this.list[at] = last;
			this.#at[last] = at;
		}
		this.#at[r] = -1;
	}

	reset(set: Registers): void {
		for (const r of this.list) this.#at[r] = -1;
		this.list.length = 0;
		for (const r of set) this.add(r);
	}
}

/** Goes through a block backwards; `f` sees what is live after each instruction. */
function backwards(block: Block, out: Registers, live: LiveSet, f: (i: Insn) => void): void {
	live.reset(out);
	const step = (i: Insn) => {
		f(i);
		eachDef(i, (r) => live.delete(r));
		for (let r = 0; i.clobbers >> r !== 0; r++) if ((i.clobbers >> r) & 1) live.delete(r);
		eachUse(i, (r) => live.add(r));
	};
	if (block.term) step(block.term);
	for (let at = block.insns.length - 1; at >= 0; at--) {
		const i = block.insns[at];
		if (i) step(i);
	}
}

/** Copies make no interference between their two registers. */
export function interferences(func: Func, live: Liveness): Graph {
	const graph = new Graph(func.registers);
	const set = new LiveSet(func.registers);
	for (const block of func.blocks) {
		const out = live.liveOut[block.index];
		if (out) backwards(block, out, set, (i) => conflicts(graph, set, i));
	}
	return graph;
}

function conflicts(graph: Graph, live: LiveSet, i: Insn): void {
	const source = isCopy(i) ? i.s : -1;
	eachDef(i, (d) => {
		for (const r of live.list) if (r !== source) graph.add(d, r);
		eachDef(i, (other) => graph.add(d, other));
		if (i.early) eachUse(i, (r) => graph.add(d, r));
	});
	if (i.clobbers === 0) return;
	const written: number[] = [];
	eachDef(i, (d) => written.push(d));
	for (let r = 0; i.clobbers >> r !== 0; r++) {
		if (!((i.clobbers >> r) & 1)) continue;
		for (const l of live.list) if (!written.includes(l)) graph.add(r, l);
		if (i.asm) {
			for (const d of written) graph.add(r, d);
			eachUse(i, (u) => graph.add(r, u));
		}
	}
}
