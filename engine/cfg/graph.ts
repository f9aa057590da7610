// The control-flow graph of one function: basic blocks found from its entry by following jumps, edges both ways, an order.
// Code that cannot be reached is in no block. Calls do not end a block.

import type { Code } from "../isa/index.ts";
import { dominators } from "./dominators.ts";
import { flowOf, slotsOf, targetOf } from "./flow.ts";

/** Instructions that run one after another. */
export interface Block {
	/** First slot, and one past the last slot. */
	readonly start: number;
	readonly end: number;
	/** The last instruction. */
	readonly last: number;
	/** Blocks that may follow: [next] or [target] or [next, target] of a branch; OUTSIDE where control would leave the code. */
	readonly successors: readonly number[];
	/** Blocks that may come before, ascending, each once. */
	readonly predecessors: readonly number[];
}

/** Successor that is no block: beyond the end of the code, or inside a 64-bit immediate. */
export const OUTSIDE = -1;

/** One function. Blocks are in ascending order of their first instruction; numbers below are indexes of blocks. */
export interface FunctionGraph {
	/** First instruction. */
	readonly entry: number;
	readonly blocks: readonly Block[];
	/** The block of the entry. */
	readonly root: number;
	/** Blocks in reverse postorder, the root first. */
	readonly order: readonly number[];
	/** Place of each block in `order`. */
	readonly place: Int32Array;
	/** Immediate dominator of each block; of the root itself. */
	readonly dominator: Int32Array;
}

/** The graph of the function whose first instruction is `entry`. */
export function functionGraph(code: Code, entry: number): FunctionGraph {
	const starts = blockStarts(code, entry);
	const index = new Map(starts.map((start, i) => [start, i]));
	const drafts = starts.map((start) => blockFrom(code, start, index));
	const predecessors: number[][] = drafts.map(() => []);
	drafts.forEach((block, i) => {
		for (const next of new Set(block.successors)) predecessors[next]?.push(i);
	});
	const blocks = drafts.map((b, i) => ({ ...b, predecessors: predecessors[i] ?? [] }));
	const root = index.get(entry) ?? 0;
	const order = reversePostorder(blocks, root);
	const place = new Int32Array(blocks.length).fill(-1);
	order.forEach((block, i) => {
		place[block] = i;
	});
	return { entry, blocks, root, order, place, dominator: dominators(blocks, order, place) };
}

/** True when block `a` is on every path from the root to `b`. */
export function dominates(graph: FunctionGraph, a: number, b: number): boolean {
	let at = b;
	while ((graph.place[at] ?? 0) > (graph.place[a] ?? 0)) at = graph.dominator[at] ?? graph.root;
	return at === a;
}

/** The block that holds instruction `pc`; undefined when it cannot be reached. */
export function blockAt(graph: FunctionGraph, pc: number): number | undefined {
	const at = graph.blocks.findLastIndex((b) => b.start <= pc);
	const block = graph.blocks[at];
	return block && pc < block.end ? at : undefined;
}

/** First instructions of all blocks that can be reached, ascending. */
function blockStarts(code: Code, entry: number): number[] {
	const seen = new Uint8Array(code.length);
	const leaders = new Set<number>([entry]);
	const open = [entry];
	for (let from = open.pop(); from !== undefined; from = open.pop()) {
		let pc: number = from;
		while (pc < code.length && seen[pc] === 0) {
			seen[pc] = 1;
			const flow = flowOf(code, pc);
			if (flow === "exit") break;
			const next = pc + slotsOf(code, pc);
			if (flow === "next") {
				pc = next;
				continue;
			}
			const target = targetOf(code, pc);
			for (const to of flow === "jump" ? [target] : [next, target]) {
				if (to < 0 || to >= code.length) continue;
				leaders.add(to);
				open.push(to);
			}
			break;
		}
	}
	return [...leaders].sort((a, b) => a - b);
}

function blockFrom(
	code: Code,
	start: number,
	index: ReadonlyMap<number, number>,
): Omit<Block, "predecessors"> {
	const to = (pc: number) => index.get(pc) ?? OUTSIDE;
	for (let pc = start; ; ) {
		const end = pc + slotsOf(code, pc);
		const flow = flowOf(code, pc);
		const block = { start, end: Math.min(end, code.length), last: pc };
		if (flow === "exit") return { ...block, successors: [] };
		if (flow === "jump") return { ...block, successors: [to(targetOf(code, pc))] };
		if (flow === "branch") return { ...block, successors: [to(end), to(targetOf(code, pc))] };
		if (index.has(end) || end >= code.length) return { ...block, successors: [to(end)] };
		pc = end;
	}
}

function reversePostorder(blocks: readonly Block[], root: number): number[] {
	const order: number[] = [];
	const seen = new Uint8Array(blocks.length);
	const path: { block: number; next: number }[] = [{ block: root, next: 0 }];
	seen[root] = 1;
	for (let top = path.at(-1); top; top = path.at(-1)) {
		const successors = blocks[top.block]?.successors ?? [];
		const to = successors[top.next++];
		if (to === undefined) {
			order.push(top.block);
			path.pop();
		} else if (to !== OUTSIDE && seen[to] === 0) {
			seen[to] = 1;
			path.push({ block: to, next: 0 });
		}
	}
	return order.reverse();
}
