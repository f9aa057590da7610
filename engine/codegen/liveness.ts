// Which registers hold a value that is still read, at the borders of blocks. Takes machine code, gives lists.

import { type Block, eachDef, eachUse, FP, type Func, type Insn } from "./machine.ts";

/** Registers, ascending. */
export type Registers = readonly number[];

/** One set a block, by `Block.index`. */
export interface Liveness {
	readonly liveIn: readonly number[][];
	readonly liveOut: readonly number[][];
	/** The size of a set that was larger than asked for: the sets are not complete. */
	readonly stopped?: number;
}

/** Where `r` is in an ascending list, or would be. */
function placeOf(set: Registers, r: number): number {
	let low = 0;
	let high = set.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((set[middle] ?? 0) < r) low = middle + 1;
		else high = middle;
	}
	return low;
}

export function has(set: Registers, r: number): boolean {
	return set[placeOf(set, r)] === r;
}

export function put(set: number[], r: number): void {
	const at = placeOf(set, r);
	if (set[at] !== r) set.splice(at, 0, r);
}

/** Needs `func.link()` up to date. Stops when more than `most` registers are alive at the beginning of a block. */
export function liveness(func: Func, most = Infinity): Liveness {
	return new Analysis(func).run(most);
}

/** Blocks of each register, as chains through one array. */
class Chains {
	readonly #head: Int32Array;
	readonly #next: number[] = [];
	readonly #block: number[] = [];

	constructor(registers: number) {
		this.#head = new Int32Array(registers).fill(-1);
	}

	add(r: number, block: number): void {
		this.#next.push(this.#head[r] ?? -1);
		this.#head[r] = this.#block.push(block) - 1;
	}

	each(r: number, f: (block: number) => void): void {
		for (let at = this.#head[r] ?? -1; at >= 0; at = this.#next[at] ?? -1) f(this.#block[at] ?? 0);
	}
}

/** Register by register, from the blocks that read it up to those that write it: as much work as there is in the sets. */
class Analysis {
	readonly #func: Func;
	/** Blocks that read a register before they write it, and those that write it. */
	readonly #reads: Chains;
	readonly #writes: Chains;
	readonly #preds: number[][];

	constructor(func: Func) {
		this.#func = func;
		this.#reads = new Chains(func.registers);
		this.#writes = new Chains(func.registers);
		this.#preds = func.blocks.map(() => []);
	}

	run(most: number): Liveness {
		const { blocks, registers } = this.#func;
		for (const b of postorder(this.#func))
			for (const s of b.succs) this.#preds[s.index]?.push(b.index);
		this.#look();
		const liveIn: number[][] = blocks.map(() => []);
		const liveOut: number[][] = blocks.map(() => []);
		// The last register that was entered in a block's set.
		const inside = new Int32Array(blocks.length).fill(-1);
		const outside = new Int32Array(blocks.length).fill(-1);
		const written = new Int32Array(blocks.length).fill(-1);
		const work: number[] = [];
		for (let r = 0; r < registers; r++) {
			this.#writes.each(r, (b) => {
				written[b] = r;
			});
			this.#reads.each(r, (b) => {
				inside[b] = r;
				work.push(b);
			});
			for (let b = work.pop(); b !== undefined; b = work.pop()) {
				const size = liveIn[b]?.push(r) ?? 0;
				if (size > most) return { liveIn, liveOut, stopped: size };
				for (const p of this.#preds[b] ?? []) {
					if (outside[p] === r) continue;
					outside[p] = r;
					liveOut[p]?.push(r);
					if (written[p] === r || inside[p] === r) continue;
					inside[p] = r;
					work.push(p);
				}
			}
		}
		return { liveIn, liveOut };
	}

	#look(): void {
		const { blocks, registers } = this.#func;
		const read = new Int32Array(registers).fill(-1);
		const written = new Int32Array(registers).fill(-1);
		for (const { insns, term, index } of blocks) {
			const write = (r: number) => {
				if (written[r] === index) return;
				written[r] = index;
				this.#writes.add(r, index);
			};
			const one = (i: Insn) => {
				eachUse(i, (r) => {
					if (r === FP || written[r] === index || read[r] === index) return;
					read[r] = index;
					this.#reads.add(r, index);
				});
				eachDef(i, write);
				for (let r = 0; i.clobbers >> r !== 0; r++) if ((i.clobbers >> r) & 1) write(r);
			};
			for (const i of insns) one(i);
			if (term) one(term);
		}
	}
}

/** Blocks that the first one reaches, each after its successors, back edges excepted. */
export function postorder(func: Func): Block[] {
	const out: Block[] = [];
	const entry = func.blocks[0];
	if (!entry) return out;
	const seen = new Set<Block>([entry]);
	const stack: { block: Block; at: number }[] = [{ block: entry, at: 0 }];
	for (let top = stack.at(-1); top; top = stack.at(-1)) {
		const next = top.block.succs[top.at++];
		if (!next) {
			out.push(top.block);
			stack.pop();
		} else if (!seen.has(next)) {
			seen.add(next);
			stack.push({ block: next, at: 0 });
		}
	}
	return out;
}
