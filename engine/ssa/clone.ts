// Copies of blocks within a function or into another one. Takes what the copied values stand for, gives the new blocks.

import { address, constant, coreValue, detachedBlock, undef } from "./build.ts";
import type { Block, Func, Instruction, Node, Phi, Terminator } from "./ir.ts";

/** Copies `blocks` into `func` without placing them. `values` maps parameters and outside values to what replaces them and receives the
 *  copies; leaves are made anew. Edges to blocks that are not copied stay. Gives old to new blocks. */
export function cloneBlocks(
	func: Func,
	blocks: readonly Block[],
	values: Map<Node, Node>,
): Map<Block, Block> {
	const copies = new Map<Block, Block>();
	for (const block of blocks) {
		const copy = detachedBlock(func);
		if (block.unroll !== undefined) copy.unroll = block.unroll;
		copies.set(block, copy);
	}
	for (const [block, copy] of copies) {
		for (const phi of block.phis) {
			const from = phi.from.map((f) => copies.get(f) ?? f);
			const made: Phi = { ...phi, id: func.nextNode++, args: phi.args, from, block: copy };
			copy.phis.push(made);
			values.set(phi, made);
		}
		for (const node of block.body) {
			const made: Instruction = { ...node, id: func.nextNode++, block: copy };
			copy.body.push(made);
			values.set(node, made);
		}
		const t = block.terminator;
		copy.terminator = cloneTerminator(t, func.nextNode++, copy, (b) => copies.get(b) ?? b);
	}
	const map = (node: Node) => values.get(node) ?? copyLeaf(func, node);
	for (const copy of copies.values())
		for (const node of [...copy.phis, ...copy.body, copy.terminator])
			node.args = node.args.map(map);
	return copies;
}

function cloneTerminator(
	t: Terminator,
	id: number,
	block: Block,
	map: (b: Block) => Block,
): Terminator {
	switch (t.op) {
		case "br":
			return { ...t, id, block, target: map(t.target) };
		case "condbr":
			return { ...t, id, block, then: map(t.then), otherwise: map(t.otherwise) };
		case "switch": {
			const cases = t.cases.map((c) => ({ ...c, target: map(c.target) }));
			return { ...t, id, block, cases, otherwise: map(t.otherwise) };
		}
		case "asmgoto":
			return { ...t, id, block, targets: t.targets.map(map), next: map(t.next) };
		default:
			return { ...t, id, block };
	}
}

function copyLeaf(func: Func, node: Node): Node {
	switch (node.op) {
		case "const":
			return constant(func, node.type, node.value);
		case "undef":
			return undef(func, node.type);
		case "global":
			return address(func, node.symbol, node.offset);
		case "core":
			return coreValue(func, node.type, node.record);
		default:
			return node;
	}
}
