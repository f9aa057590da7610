// Which registers hold a value that is still read, at the borders of blocks. Takes machine code, gives bit sets.

import { type Block, eachDef, eachUse, FP, type Func, type Insn } from "./machine.ts";

/** Bit sets over registers, one a block, by `Block.index`. */
export interface Liveness {
	readonly words: number;
	readonly liveIn: readonly Uint32Array[];
	readonly liveOut: readonly Uint32Array[];
}

export function has(set: Uint32Array, r: number): boolean {
	return (((set[r >> 5] ?? 0) >>> (r & 31)) & 1) === 1;
}

export function put(set: Uint32Array, r: number): void {
	set[r >> 5] = (set[r >> 5] ?? 0) | (1 << (r & 31));
}

export function take(set: Uint32Array, r: number): void {
	set[r >> 5] = (set[r >> 5] ?? 0) & ~(1 << (r & 31));
}

export function eachBit(set: Uint32Array, f: (r: number) => void): void {
	for (let w = 0; w < set.length; w++)
		for (let bits = set[w] ?? 0; bits !== 0; ) {
			const low = 31 - Math.clz32(bits & -bits);
			bits &= bits - 1;
			f(w * 32 + low);
		}
}

/** Needs `func.link()` up to date. */
export function liveness(func: Func): Liveness {
	const words = (func.registers + 31) >> 5;
	const gen: Uint32Array[] = [];
	const kill: Uint32Array[] = [];
	for (const block of func.blocks) {
		const [g, k] = [new Uint32Array(words), new Uint32Array(words)];
		upward(block, g, k);
		gen.push(g);
		kill.push(k);
	}
	const liveIn = gen.map((g) => g.slice());
	const liveOut = gen.map(() => new Uint32Array(words));
	const order = postorder(func);
	for (let changed = true; changed; ) {
		changed = false;
		for (const block of order) if (flow(block, liveIn, liveOut, gen, kill)) changed = true;
	}
	return { words, liveIn, liveOut };
}

function upward(block: Block, gen: Uint32Array, kill: Uint32Array): void {
	const one = (i: Insn) => {
		eachUse(i, (r) => {
			if (r !== FP && !has(kill, r)) put(gen, r);
		});
		eachDef(i, (r) => put(kill, r));
		for (let r = 0; i.clobbers >> r !== 0; r++) if ((i.clobbers >> r) & 1) put(kill, r);
	};
	for (const i of block.insns) one(i);
	if (block.term) one(block.term);
}

function flow(
	block: Block,
	liveIn: readonly Uint32Array[],
	liveOut: readonly Uint32Array[],
	gen: readonly Uint32Array[],
	kill: readonly Uint32Array[],
): boolean {
	const b = block.index;
	const out = liveOut[b];
	const into = liveIn[b];
	const [g, k] = [gen[b], kill[b]];
	if (!out || !into || !g || !k) return false;
	for (const s of block.succs) {
		const from = liveIn[s.index];
		if (from) for (let w = 0; w < out.length; w++) out[w] = (out[w] ?? 0) | (from[w] ?? 0);
	}
	let changed = false;
	for (let w = 0; w < out.length; w++) {
		const next = (g[w] ?? 0) | ((out[w] ?? 0) & ~(k[w] ?? 0));
		if (next >>> 0 === (into[w] ?? 0) >>> 0) continue;
		into[w] = next;
		changed = true;
	}
	return changed;
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
