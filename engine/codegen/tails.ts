// Merges blocks that end in the same instructions. What is merged must be the same to the verifier too: one memory access must not see
// pointers of different kinds, so registers that address memory or go to calls must hold the very same value in both.

import { postorder } from "./liveness.ts";
import {
	type Block,
	eachDef,
	eachUse,
	FP,
	type Func,
	type Insn,
	isCopy,
	READ_D,
	READ_S,
} from "./machine.ts";

/** After the frame is laid out. Needs `link`; leaves blocks to be linked anew. */
export function mergeTails(func: Func): void {
	for (let round = 0; round < 8; round++) {
		func.link();
		const values = new Values(func);
		let changed = false;
		for (const group of groups(func)) if (mergeGroup(func, group, values)) changed = true;
		if (!changed) break;
	}
	func.link();
}

function groups(func: Func): Block[][] {
	const by = new Map<string, Block[]>();
	for (const block of func.blocks) {
		if (block.term?.asm) continue;
		if (!block.term && block.succs.length === 0) continue;
		const last = block.insns.at(-1);
		if (!last) continue;
		const term = block.term ? signature(block.term) : "";
		const to = block.succs.map((s) => s.id).join(",");
		const key = `${term}|${to}|${signature(last)}`;
		const list = by.get(key);
		if (list) list.push(block);
		else by.set(key, [block]);
	}
	return [...by.values()].filter((g) => g.length > 1);
}

function signature(i: Insn): string {
	return `${i.op}.${i.d}.${i.s}.${i.off}.${i.imm}.${i.wide ?? ""}.${i.symbol ?? ""}.${i.core}`;
}

function same(a: Insn, b: Insn): boolean {
	return (
		a.op === b.op &&
		a.d === b.d &&
		a.s === b.s &&
		a.off === b.off &&
		a.imm === b.imm &&
		a.wide === b.wide &&
		a.symbol === b.symbol &&
		a.core === b.core &&
		a.slot === b.slot &&
		!a.asm &&
		(a.uses?.length ?? 0) === (b.uses?.length ?? 0)
	);
}

/** Merges the pair of the group with the longest common tail, and all others that share it. */
function mergeGroup(func: Func, group: Block[], values: Values): boolean {
	const first = group[0];
	if (!first) return false;
	let best: { a: Block; length: number } | undefined;
	for (let x = 0; x < group.length && x < 12; x++)
		for (let y = x + 1; y < group.length && y < 40; y++) {
			const [a, b] = [group[x], group[y]];
			if (!a || !b) continue;
			const length = common(a, b, values);
			if (length > (best?.length ?? 0)) best = { a, length };
		}
	if (!best || best.length === 0) return false;
	const { a, length } = best;
	const sharing = group.filter((b) => b !== a && common(a, b, values) >= length);
	if (sharing.length === 0) return false;
	const tail = [a, ...sharing].find((b) => b.insns.length === length && b !== func.blocks[0]);
	const target = tail ?? splitTail(func, a, length);
	for (const b of [a, ...sharing]) {
		if (b === target || b.succs[0] === target) continue;
		b.insns = b.insns.slice(0, b.insns.length - length);
		b.term = undefined;
		b.succs = [target];
		b.likely = undefined;
	}
	return true;
}

function splitTail(func: Func, from: Block, length: number): Block {
	const tail = func.block();
	tail.insns = from.insns.slice(from.insns.length - length);
	tail.term = from.term;
	tail.succs = from.succs;
	tail.likely = from.likely;
	tail.depth = from.depth;
	tail.frequency = from.frequency;
	from.insns = from.insns.slice(0, from.insns.length - length);
	from.term = undefined;
	from.likely = undefined;
	from.succs = [tail];
	return tail;
}

/** Instructions that the two blocks have in common at their ends and that may be merged. */
function common(a: Block, b: Block, values: Values): number {
	let length = 0;
	const most = Math.min(a.insns.length, b.insns.length);
	while (length < most) {
		const [x, y] = [a.insns[a.insns.length - 1 - length], b.insns[b.insns.length - 1 - length]];
		if (!x || !y || !same(x, y)) break;
		length++;
	}
	while (length > 0 && !mergeable(a, b, length, values)) length--;
	return length;
}

function mergeable(a: Block, b: Block, length: number, values: Values): boolean {
	let equal = values.equalAt(a, a.insns.length - length, b, b.insns.length - length);
	for (let at = a.insns.length - length; at < a.insns.length; at++) {
		const i = a.insns[at];
		if (!i || !addressesAgree(i, equal)) return false;
		let known = !readsFrame(i);
		eachUse(i, (r) => {
			if (r !== FP && !((equal >> r) & 1)) known = false;
		});
		let written = i.clobbers;
		eachDef(i, (r) => {
			written |= 1 << r;
		});
		equal = known ? equal | written : equal & ~written;
	}
	return true;
}

function addressesAgree(i: Insn, equal: number): boolean {
	const agrees = (r: number) => r === FP || ((equal >> r) & 1) === 1;
	const kind = i.op & 7;
	if (i.uses && !i.uses.every(agrees)) return false;
	if (kind === 1 && i.flags & READ_S) return agrees(i.s);
	if ((kind === 2 || kind === 3) && i.flags & READ_D) return agrees(i.d);
	return true;
}

function readsFrame(i: Insn): boolean {
	return (i.op & 7) === 1 && i.s === FP;
}

/** Which definition each register holds, as numbers; a join of different ones is a number of its own. */
class Values {
	readonly #entry = new Map<Block, Int32Array>();
	readonly #numbers = new Map<Insn, number>();
	#next = 1;

	constructor(func: Func) {
		const order = postorder(func).reverse();
		const exits = new Map<Block, Int32Array>();
		for (const block of order) {
			const start = new Int32Array(FP);
			const n = this.#next++;
			for (let r = 0; r < FP; r++) start[r] = n * 16 + r;
			this.#entry.set(block, start);
		}
		for (let changed = true; changed; ) {
			changed = false;
			for (const block of order) {
				if (exits.has(block) && !this.#join(block, exits)) continue;
				const now = (this.#entry.get(block) ?? new Int32Array(FP)).slice();
				for (const i of block.insns) this.#step(i, now);
				exits.set(block, now);
				changed = true;
			}
		}
	}

	/** Takes over what all predecessors agree on; whether that is news. */
	#join(block: Block, exits: ReadonlyMap<Block, Int32Array>): boolean {
		const entry = this.#entry.get(block);
		if (!entry || block.preds.length === 0) return false;
		let news = false;
		for (let r = 0; r < FP; r++) {
			const own = entry[r] ?? 0;
			const all = block.preds.map((p) => exits.get(p)?.[r] ?? 0).filter((n) => n !== own);
			const one = all[0];
			if (one === undefined || one === 0 || all.some((n) => n !== one)) continue;
			entry[r] = one;
			news = true;
		}
		return news;
	}

	#step(i: Insn, now: Int32Array): void {
		if (isCopy(i) && i.s !== FP) {
			now[i.d] = now[i.s] ?? 0;
			return;
		}
		let n = this.#numbers.get(i);
		if (n === undefined) {
			n = this.#next++;
			this.#numbers.set(i, n);
		}
		let written = i.clobbers;
		eachDef(i, (r) => {
			written |= 1 << r;
		});
		for (let r = 0; r < FP; r++) if ((written >> r) & 1) now[r] = n * 16 + r;
	}

	/** Mask of the registers that hold the same before position `x` of `a` and before `y` of `b`. */
	equalAt(a: Block, x: number, b: Block, y: number): number {
		const [first, second] = [this.#before(a, x), this.#before(b, y)];
		let mask = 0;
		for (let r = 0; r < FP; r++) if (first[r] === second[r]) mask |= 1 << r;
		return mask;
	}

	#before(block: Block, position: number): Int32Array {
		const now = (this.#entry.get(block) ?? new Int32Array(FP)).slice();
		for (let at = 0; at < position; at++) {
			const i = block.insns[at];
			if (i) this.#step(i, now);
		}
		return now;
	}
}
