// Loops of a function: natural loops by header, strongly connected components, and whether every cycle has one entry.

import { dominates, type FunctionGraph } from "./graph.ts";

/** A natural loop: the blocks that reach one of the edges back to `header` without leaving through it. */
export interface Loop {
	readonly header: number;
	/** Blocks whose edge to the header goes back. */
	readonly latches: readonly number[];
	/** All blocks of the loop, ascending, the header among them. */
	readonly blocks: readonly number[];
	/** The loop directly around this one, as an index; -1 for none. */
	readonly parent: number;
}

export interface Loops {
	readonly loops: readonly Loop[];
	/** False when some cycle can be entered at more than one block; its edges back are in no loop. */
	readonly reducible: boolean;
}

/** The natural loops of `graph`, outer ones first. */
export function findLoops(graph: FunctionGraph): Loops {
	const latches = new Map<number, number[]>();
	let reducible = true;
	for (const from of graph.order)
		for (const to of new Set(graph.blocks[from]?.successors ?? [])) {
			if (to < 0 || (graph.place[to] ?? 0) > (graph.place[from] ?? 0)) continue;
			if (!dominates(graph, to, from)) reducible = false;
			else latches.set(to, [...(latches.get(to) ?? []), from]);
		}
	const found = [...latches].map(([header, from]) => ({
		header,
		latches: from,
		blocks: bodyOf(graph, header, from),
	}));
	found.sort((a, b) => (graph.place[a.header] ?? 0) - (graph.place[b.header] ?? 0));
	const loops = found.map((loop, i) => ({
		...loop,
		parent: found.findLastIndex((o, j) => j < i && o.blocks.includes(loop.header)),
	}));
	return { loops, reducible };
}

function bodyOf(graph: FunctionGraph, header: number, latches: readonly number[]): number[] {
	const body = new Set([header]);
	const open = [...latches];
	for (let block = open.pop(); block !== undefined; block = open.pop()) {
		if (body.has(block)) continue;
		body.add(block);
		open.push(...(graph.blocks[block]?.predecessors ?? []));
	}
	return [...body].sort((a, b) => a - b);
}

/**
 * Strongly connected components: for each block the number of its component, or 0 for a block that is in no cycle. Numbers
 * begin at 1 in the order in which Tarjan's algorithm completes the components.
 */
export function components(graph: FunctionGraph): Int32Array {
	const n = graph.blocks.length;
	const low = new Int32Array(n);
	const number = new Int32Array(n);
	const result = new Int32Array(n);
	const onStack = new Uint8Array(n);
	const stack: number[] = [];
	let counter = 0;
	let component = 0;
	const path: { block: number; next: number }[] = [];
	const enter = (block: number) => {
		counter++;
		low[block] = number[block] = counter;
		stack.push(block);
		onStack[block] = 1;
		path.push({ block, next: 0 });
	};
	const complete = (block: number) => {
		const members = stack.splice(stack.lastIndexOf(block));
		for (const m of members) onStack[m] = 0;
		const self = graph.blocks[block]?.successors.includes(block) ?? false;
		if (members.length === 1 && !self) return;
		component++;
		for (const m of members) result[m] = component;
	};
	enter(graph.root);
	for (let top = path.at(-1); top; top = path.at(-1)) {
		const block = top.block;
		const to = graph.blocks[block]?.successors[top.next++];
		if (to === undefined) {
			path.pop();
			const parent = path.at(-1)?.block;
			if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[block] ?? 0);
			if (low[block] === number[block]) complete(block);
		} else if (to >= 0 && number[to] === 0) enter(to);
		else if (to >= 0 && onStack[to] === 1) low[block] = Math.min(low[block] ?? 0, number[to] ?? 0);
	}
	return result;
}
