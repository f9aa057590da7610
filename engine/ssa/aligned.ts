// Alignment that other accesses prove: who reads 8 bytes at `p + 16` as one word says that `p` is a multiple of 8, and accesses that
// come after it through the same pointer may count on that. Changes nothing but what accesses know of their alignment.

import { touch } from "./alias.ts";
import { locate } from "./edit.ts";
import { dominators, predecessors } from "./graph.ts";
import type { Block, Func, Instruction, Node } from "./ir.ts";

/** Raises the alignment of accesses below their size; says whether any went up. */
export function inferAlignment(func: Func): boolean {
	if (!func.blocks.some((b) => b.body.some(isLoose))) return false;
	predecessors(func);
	const tree = dominators(func);
	const entry = tree.order[0];
	let changed = false;
	const stack: { block: Block; known: ReadonlyMap<Node, number> }[] = [];
	if (entry) stack.push({ block: entry, known: new Map() });
	for (let top = stack.pop(); top; top = stack.pop()) {
		const known = new Map(top.known);
		for (const node of top.block.body) if (step(node, known)) changed = true;
		for (const child of tree.children.get(top.block) ?? []) stack.push({ block: child, known });
	}
	return changed;
}

function isLoose(node: Instruction): boolean {
	if (node.op === "load" || node.op === "store") return node.align < node.size;
	return (node.op === "memcpy" || node.op === "memset") && node.align < 8;
}

const lowest = (offset: number, align: number) => {
	let at = align;
	while (offset % at !== 0) at /= 2;
	return at;
};

/** What is known of one pointer with constant bytes added. */
function alignAt(pointer: Node | undefined, known: ReadonlyMap<Node, number>): number {
	if (!pointer) return 1;
	const { base, offset } = locate(pointer);
	return lowest(offset, known.get(base) ?? 1);
}

function step(node: Instruction, known: Map<Node, number>): boolean {
	switch (node.op) {
		case "load":
		case "store": {
			const before = node.align;
			if (node.align < node.size)
				node.align = Math.max(node.align, Math.min(node.size, alignAt(node.args[0], known)));
			learn(node, known);
			return node.align > before;
		}
		case "memcpy":
		case "memset": {
			const sides = node.op === "memcpy" ? node.args : node.args.slice(0, 1);
			const align = Math.min(...sides.map((p) => alignAt(p, known)));
			if (align <= node.align) return false;
			node.align = align;
			return true;
		}
		default:
			return false;
	}
}

function learn(node: Instruction & { op: "load" | "store" }, known: Map<Node, number>): void {
	const [pointer] = node.args;
	if (!pointer || node.align < 2) return;
	const { base, offset } = touch(pointer, node.size);
	if (offset % node.align !== 0 || (known.get(base) ?? 1) >= node.align) return;
	known.set(base, node.align);
}
