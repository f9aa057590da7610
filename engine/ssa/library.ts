// Calls of memcpy, memmove and memset whose size has become a constant → the instructions of the same name.

import { replaceAllUses } from "./graph.ts";
import type { Func, Instruction, Module } from "./ir.ts";

const MOST = 1 << 16;

/** Expands what can be expanded; functions of the module with these names are left alone. Returns whether something changed. */
export function expandLibrary(func: Func, module: Module): boolean {
	let changed = false;
	for (const block of func.blocks)
		for (let i = 0; i < block.body.length; i++) {
			const node = block.body[i];
			const made = node && expansion(node, module);
			const target = node?.args[0];
			if (!node || !made || !target) continue;
			block.body[i] = made;
			replaceAllUses(func, node, target);
			changed = true;
		}
	return changed;
}

function expansion(node: Instruction, module: Module): Instruction | undefined {
	if (node.op !== "call" || node.callee.kind !== "function") return undefined;
	const { name } = node.callee;
	if (!/^mem(cpy|move|set)$/.test(name)) return undefined;
	if (module.functions.some((f) => f.name === name)) return undefined;
	const [to, from, count] = node.args;
	if (!to || !from || count?.op !== "const" || count.value < 0n || count.value > MOST)
		return undefined;
	const size = Number(count.value);
	const { id, block, place } = node;
	const base = {
		id,
		size,
		align: 1,
		args: [to, from],
		...(block ? { block } : {}),
		...(place ? { place } : {}),
	};
	if (name === "memset") return { ...base, op: "memset" };
	return { ...base, op: "memcpy", move: name === "memmove" };
}
