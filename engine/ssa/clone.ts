// Copies of blocks within a function or into another one. Takes what the copied values stand for, gives the new blocks.

import { address, constant, coreValue, detachedBlock, undef } from "./build.ts";
import type { Block, Func, Instruction, Node, Phi, Terminator } from "./ir.ts";
import { makeNode } from "./node.ts";

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
			const made = makeNode<Phi>(func.nextNode++, phi, copy);
			made.from = from;
			copy.phis.push(made);
			values.set(phi, made);
		}
		for (const node of block.body) {
			const made = makeNode<Instruction>(func.nextNode++, node, copy);
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
	const made = makeNode<Terminator>(id, t, block);
	switch (made.op) {
		case "br":
			made.target = map(made.target);
			break;
		case "condbr":
			made.then = map(made.then);
			made.otherwise = map(made.otherwise);
			break;
		case "switch":
			made.cases = made.cases.map((c) => ({ ...c, target: map(c.target) }));
			made.otherwise = map(made.otherwise);
			break;
		case "asmgoto":
			made.targets = made.targets.map(map);
			made.next = map(made.next);
			break;
		default:
	}
	return made;
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
