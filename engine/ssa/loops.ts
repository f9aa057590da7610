// Natural loops of a function: headers, members, exits, nesting.

import { type Dominators, dominators, predecessors } from "./graph.ts";
import type { Block, Func } from "./ir.ts";

export interface Loop {
	readonly header: Block;
	readonly blocks: ReadonlySet<Block>;
	/** Members with an edge to the header. */
	readonly latches: readonly Block[];
	/** The next enclosing loop's header. */
	readonly depth: number;
}

/** All loops, inner ones first. Recomputes `preds`. */
export function findLoops(func: Func, tree?: Dominators): Loop[] {
	predecessors(func);
	const doms = tree ?? dominators(func);
	const found: { header: Block; blocks: Set<Block>; latches: Block[] }[] = [];
	for (const header of doms.order) {
		const latches = header.preds.filter((p) => doms.dominates(header, p));
		if (latches.length === 0) continue;
		const blocks = new Set<Block>([header]);
		const work = [...latches];
		for (let at = work.pop(); at; at = work.pop()) {
			if (blocks.has(at)) continue;
			blocks.add(at);
			work.push(...at.preds);
		}
		found.push({ header, blocks, latches });
	}
	// Each loop counts at the headers among its members, its own included.
	const depths = new Map(found.map((loop) => [loop.header, 0]));
	for (const { blocks } of found)
		for (const block of blocks) {
			const depth = depths.get(block);
			if (depth !== undefined) depths.set(block, depth + 1);
		}
	return found
		.map((loop) => ({ ...loop, depth: depths.get(loop.header) ?? 1 }))
		.sort((a, b) => b.depth - a.depth);
}
