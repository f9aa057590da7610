// SSA repair by way of memory: values that will have several definitions become allocas that promote.ts turns back into values with phis.

import { emit } from "./build.ts";
import type { Block, Func, Instruction, Node, Size, Type } from "./ir.ts";

/** A value turned into an alloca, to be promoted once the function's blocks have been changed. */
export type Variables = Map<Node, Type>;

/** Stores every value of `blocks` that is used outside of them and makes those uses loads. */
export function demote(func: Func, blocks: ReadonlySet<Block>): Variables {
	const variables: Variables = new Map();
	const boxes = new Map<Node, Instruction>();
	const entry = func.blocks[0];
	if (!entry) return variables;
	const box = (value: Node): Instruction => {
		let found = boxes.get(value);
		if (!found) {
			const size = sizeOf(value.type);
			found = emit(func, entry, { op: "alloca", type: "ptr", size, align: size, args: [] }, 0);
			if (value.name !== undefined) found.name = value.name;
			boxes.set(value, found);
			variables.set(found, value.type ?? "i64");
		}
		return found;
	};
	const isInside = (n: Node) => n.block !== undefined && blocks.has(n.block) && n.op !== "alloca";
	for (const block of func.blocks) {
		if (blocks.has(block)) continue;
		loadUses(func, block, isInside, box);
	}
	for (const [value, alloca] of boxes) storeValue(func, value, alloca);
	return variables;
}

function sizeOf(type: Type | undefined): 4 | 8 {
	return type === "i32" ? 4 : 8;
}

function loadUses(
	func: Func,
	block: Block,
	isInside: (n: Node) => boolean,
	box: (n: Node) => Instruction,
): void {
	const load = (value: Node, at: Block, index: number): Node => {
		const size: Size = sizeOf(value.type);
		const type = value.type ?? "i64";
		const access = { size, signed: false, volatile: false, align: size } as const;
		return emit(func, at, { op: "load", type, ...access, args: [box(value)] }, index);
	};
	for (const phi of block.phis)
		phi.args.forEach((arg, i) => {
			const from = phi.from[i];
			if (!from || !isInside(arg)) return;
			// Inside of the copied blocks the value itself is at hand.
			if (arg.block !== undefined && isInside({ ...arg, block: from } as Node)) return;
			phi.args[i] = load(arg, from, from.body.length);
		});
	for (let i = 0; i < block.body.length; i++) {
		const node = block.body[i];
		if (!node) continue;
		for (const [k, arg] of node.args.entries())
			if (isInside(arg)) node.args[k] = load(arg, block, i++);
	}
	const t = block.terminator;
	for (const [k, arg] of t.args.entries())
		if (isInside(arg)) t.args[k] = load(arg, block, block.body.length);
}

function storeValue(func: Func, value: Node, alloca: Instruction): void {
	const block = value.block;
	if (!block) return;
	const size: Size = sizeOf(value.type);
	const at = value.op === "phi" ? 0 : block.body.indexOf(value as Instruction) + 1;
	emit(func, block, { op: "store", size, volatile: false, align: size, args: [alloca, value] }, at);
}
