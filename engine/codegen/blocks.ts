// The shape of a machine function: blocks merged and threaded, loops found, executions estimated.

import { postorder } from "./liveness.ts";
import { type Block, cloneInsn, type Func } from "./machine.ts";

/** Removes blocks that are not reached, empty ones and needless borders between two. Links the blocks. */
export function simplify(func: Func): void {
	for (let changed = true; changed; ) {
		const reached = new Set(postorder(func));
		func.blocks = func.blocks.filter((b) => reached.has(b));
		changed = thread(func);
		func.link();
		if (merge(func)) changed = true;
	}
	const reached = new Set(postorder(func));
	func.blocks = func.blocks.filter((b) => reached.has(b));
	func.link();
}

/** Jumps to blocks that only jump on go to the end of the chain. */
function thread(func: Func): boolean {
	let changed = false;
	for (const block of func.blocks) {
		block.succs = block.succs.map((s) => {
			const to = destination(s);
			if (to !== s) changed = true;
			return to;
		});
		const [a, b] = block.succs;
		if (block.term && !block.term.asm && a && a === b) {
			block.term = undefined;
			block.succs = [a];
			changed = true;
		}
	}
	return changed;
}

function destination(block: Block): Block {
	let at = block;
	for (let steps = 0; steps < 100; steps++) {
		const [next] = at.succs;
		if (at.insns.length > 0 || at.term || !next || next === at) return at;
		at = next;
	}
	return at;
}

function merge(func: Func): boolean {
	let changed = false;
	const gone = new Set<Block>();
	for (const block of func.blocks) {
		if (gone.has(block)) continue;
		for (;;) {
			const [next] = block.succs;
			if (
				block.term ||
				!next ||
				next === block ||
				next.preds.length !== 1 ||
				next === func.blocks[0]
			)
				break;
			block.insns = block.insns.length === 0 ? next.insns : [...block.insns, ...next.insns];
			block.term = next.term;
			block.succs = next.succs;
			block.likely = next.likely;
			block.edge = block.edge && next.edge;
			for (const s of block.succs) s.preds = s.preds.map((p) => (p === next ? block : p));
			gone.add(next);
			changed = true;
		}
	}
	if (changed) func.blocks = func.blocks.filter((b) => !gone.has(b));
	return changed;
}

/** Ends loops with their condition: a jump back to a block that only branches becomes that branch. Needs `link` and `estimate`. */
export function rotate(func: Func): void {
	const rank = new Map(postorder(func).map((b, i) => [b, i]));
	for (const block of func.blocks) {
		const [header] = block.succs;
		if (block.term || !header?.term || header.term.asm || header.insns.length > 0) continue;
		if (header.succs.length !== 2 || header.depth === 0) continue;
		const back = (rank.get(header) ?? 0) > (rank.get(block) ?? 0);
		const leaves = header.succs.some((s) => s.depth < header.depth);
		if (!back || !leaves || header.preds.length !== 2 || block.insns.length === 0) continue;
		block.term = cloneInsn(header.term);
		block.succs = [...header.succs];
		block.likely = header.likely;
	}
	func.link();
}

/** Immediate dominators by `Block.index`, the entry its own (Cooper, Harvey, Kennedy 2001), and positions in the postorder. */
export function dominators(
	func: Func,
	order: readonly Block[],
): { idom: Int32Array; rank: Int32Array } {
	const rank = new Int32Array(func.blocks.length);
	order.forEach((b, i) => {
		rank[b.index] = i;
	});
	const idom = new Int32Array(func.blocks.length).fill(-2);
	const entry = func.blocks[0];
	if (!entry) return { idom, rank };
	idom[entry.index] = entry.index;
	const meet = (a: number, b: number) => {
		let [x, y] = [a, b];
		while (x !== y) {
			while ((rank[x] ?? 0) < (rank[y] ?? 0)) x = idom[x] ?? 0;
			while ((rank[y] ?? 0) < (rank[x] ?? 0)) y = idom[y] ?? 0;
		}
		return x;
	};
	for (let changed = true; changed; ) {
		changed = false;
		for (let at = order.length - 2; at >= 0; at--) {
			const block = order[at];
			if (!block) continue;
			let best = -2;
			// The later ones first: what they have in common with earlier ones is near.
			for (let k = block.preds.length - 1; k >= 0; k--) {
				const p = block.preds[k]?.index ?? 0;
				if ((idom[p] ?? -2) !== -2) best = best === -2 ? p : meet(best, p);
			}
			if (best === idom[block.index]) continue;
			idom[block.index] = best;
			changed = true;
		}
	}
	return { idom, rank };
}

const LOOP_TRIPS = 8;
const LIKELY = 0.9;

/** Whether one block dominates another, by their indices: spans of a walk down the tree. `order` is a postorder. */
function dominance(order: readonly Block[], idom: Int32Array): (a: number, b: number) => boolean {
	const size = new Int32Array(idom.length).fill(1);
	const start = new Int32Array(idom.length).fill(-1);
	const next = new Int32Array(idom.length);
	for (const { index } of order) {
		const up = idom[index] ?? -1;
		if (up >= 0 && up !== index) size[up] = (size[up] ?? 0) + (size[index] ?? 0);
	}
	for (let at = order.length - 1; at >= 0; at--) {
		const index = order[at]?.index ?? 0;
		const up = idom[index] ?? -1;
		const from = up >= 0 && up !== index ? (next[up] ?? 0) : 0;
		if (up >= 0 && up !== index) next[up] = from + (size[index] ?? 0);
		start[index] = from;
		next[index] = from + 1;
	}
	return (a, b) => {
		const [x, y] = [start[a] ?? -1, start[b] ?? -1];
		return a === b || (x >= 0 && y >= x && y < x + (size[a] ?? 0));
	};
}

/** Sets `depth` and `frequency` of each block. */
export function estimate(func: Func): void {
	const order = postorder(func);
	const { idom } = dominators(func, order);
	const dominates = dominance(order, idom);
	const headers = new Set<Block>();
	for (const block of func.blocks) block.depth = 0;
	for (const header of func.blocks) {
		const latches = header.preds.filter((p) => dominates(header.index, p.index));
		if (latches.length === 0) continue;
		headers.add(header);
		const body = new Set<Block>([header]);
		const work = [...latches];
		for (let b = work.pop(); b; b = work.pop()) {
			if (body.has(b)) continue;
			body.add(b);
			work.push(...b.preds);
		}
		for (const b of body) b.depth++;
	}
	for (const block of func.blocks) block.frequency = 0;
	const entry = func.blocks[0];
	if (entry) entry.frequency = 1;
	for (let at = order.length - 1; at >= 0; at--) {
		const block = order[at];
		if (!block) continue;
		if (headers.has(block)) block.frequency *= LOOP_TRIPS;
		block.frequency = Math.min(Math.max(block.frequency, 1e-6), 1e9);
		for (const s of block.succs) s.frequency += block.frequency * probability(block, s);
	}
}

/** That `block` is left towards `to`. */
export function probability(block: Block, to: Block): number {
	if (block.succs.length === 1) return 1;
	if (block.succs.length > 2) return 1 / block.succs.length;
	const other = block.succs[0] === to ? block.succs[1] : block.succs[0];
	if (other && to.depth !== other.depth) {
		if (to.depth < block.depth && other.depth >= block.depth) return 1 - LIKELY;
		if (other.depth < block.depth && to.depth >= block.depth) return LIKELY;
	}
	if (block.likely !== undefined)
		return (block.succs[0] === to) === block.likely ? LIKELY : 1 - LIKELY;
	return 0.5;
}
