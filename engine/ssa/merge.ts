// Blocks that do the same become one: several ways to `return 1`, or to the same call before it is inlined.

import { predecessors, removeIncoming, removeUnreachable, retarget, successors } from "./graph.ts";
import type { Block, Func, Node } from "./ir.ts";
import { makeNode } from "./node.ts";
import { printNode } from "./print.ts";

const bare = { places: false, names: false } as const;

/** Merges until nothing changes; says whether anything did. */
export function mergeBlocks(func: Func): boolean {
	let changed = false;
	while (mergeOnce(func)) changed = true;
	return changed;
}

function mergeOnce(func: Func): boolean {
	predecessors(func);
	const alike = candidates(func);
	if (alike.length === 0) return false;
	const outside = usedOutside(func);
	const first = new Map<string, Block>();
	const gone = new Set<Block>();
	for (const block of alike) {
		if (outside.has(block)) continue;
		const key = keyOf(block);
		const same = first.get(key);
		if (!same) first.set(key, block);
		else if (redirect(block, same)) gone.add(block);
	}
	if (gone.size === 0) return false;
	removeUnreachable(func);
	return true;
}

/** Blocks that may be equal to another one by what is cheap to compare. */
function candidates(func: Func): Block[] {
	const groups = new Map<string, Block[]>();
	for (const block of func.blocks) {
		if (block === func.blocks[0] || block.phis.length > 0 || block.preds.length === 0) continue;
		const next = successors(block);
		if (block.unroll !== undefined || next.includes(block)) continue;
		const last = block.body.at(-1);
		const end = `${block.terminator.op} ${block.terminator.args[0]?.op}`;
		const key = `${end} ${next.map((n) => n.id).join()} ${block.body.length} ${last?.op}`;
		const group = groups.get(key);
		if (group) group.push(block);
		else groups.set(key, [block]);
	}
	return [...groups.values()].filter((g) => g.length > 1).flat();
}

/** Blocks with a value that others use beside phis of their successors for the edge from them. */
function usedOutside(func: Func): Set<Block> {
	const found = new Set<Block>();
	for (const block of func.blocks) {
		for (const phi of block.phis)
			phi.args.forEach((arg, i) => {
				if (arg.block && arg.block !== phi.from[i]) found.add(arg.block);
			});
		for (const node of [...block.body, block.terminator])
			for (const arg of node.args) if (arg.block && arg.block !== block) found.add(arg.block);
	}
	return found;
}

/** What a block does, with its own values by position. */
function keyOf(block: Block): string {
	const own = new Map<Node, number>(block.body.map((n, i) => [n, i]));
	const value = (n: Node) => (own.has(n) ? `#${own.get(n)}` : `${n.id}`);
	const parts: string[] = [];
	for (const node of [...block.body, block.terminator]) {
		const text = printNode({ ...node, id: 0, args: [] } as Node, bare);
		parts.push(`${text} ${node.args.map(value).join()}`);
	}
	for (const next of successors(block))
		for (const phi of next.phis) {
			const arg = phi.args[phi.from.indexOf(block)];
			parts.push(arg ? value(arg) : "");
		}
	return parts.join("\n");
}

/** Sends the predecessors of `block` to `same`. */
function redirect(block: Block, same: Block): boolean {
	if (block.preds.some((p) => p.terminator.op === "asmgoto")) return false;
	for (const pred of block.preds) {
		retarget(pred.terminator, block, same);
		if (!same.preds.includes(pred)) same.preds.push(pred);
	}
	for (const next of successors(block)) removeIncoming(next, block);
	block.preds = [];
	block.terminator = makeNode(block.terminator.id, { op: "unreachable", args: [] }, block);
	return true;
}
