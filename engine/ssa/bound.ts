// Parts of addresses whose bounds are known here but not to Linux's verifier, which makes nothing of a division by a value and reads a
// truth as any byte: a mask says them. Only when all else is done, for whoever knows the bounds takes such a mask away.

import { constant, emit } from "./build.ts";
import { usersOf } from "./edit.ts";
import type { Func, Instruction, Node } from "./ir.ts";
import { KnownBits } from "./known.ts";

/** Values between an address and what it is made of that are looked at. */
const farthest = 8;

/** Masks them; says whether there were any. */
export function boundAddresses(func: Func): boolean {
	const found = new Set<Instruction>();
	for (const block of func.blocks)
		for (const node of block.body)
			if (node.op === "ptradd" && node.args[1]) collect(node.args[1], found, 0);
	if (found.size === 0) return false;
	const known = new KnownBits();
	const masks = [...found].map((node) => [node, known.max(node)] as const);
	const users = usersOf(func);
	let changed = false;
	for (const [node, max] of masks) {
		const { type, block } = node;
		if (max >= 0xffffffffn || type === undefined || type === "ptr" || !block) continue;
		const mask = constant(func, type, (1n << BigInt(max.toString(2).length)) - 1n);
		const at = block.body.indexOf(node) + 1;
		const masked = emit(func, block, { op: "and", type, args: [node, mask] }, at);
		for (const user of users[node.id] ?? [])
			user.args = user.args.map((arg) => (arg === node ? masked : arg));
		changed = true;
	}
	return changed;
}

/** What the value is made of whose bounds the verifier does not see. */
function collect(node: Node, found: Set<Instruction>, depth: number): void {
	if (depth > farthest) return;
	switch (node.op) {
		case "load":
			if (node.truth) found.add(node);
			return;
		case "udiv":
		case "urem":
			found.add(node);
			return;
		case "and":
			if (node.args[1]?.op === "const") return;
			break;
		case "zext":
		case "trunc":
		case "add":
		case "sub":
		case "mul":
		case "or":
		case "xor":
		case "shl":
		case "lshr":
		case "select":
		case "phi":
			break;
		default:
			return;
	}
	for (const arg of node.args) collect(arg, found, depth + 1);
}
