// Dead code: values that nothing uses, phis that only feed each other, and stores to stack memory that nobody reads.

import { type Users, usersOf } from "./edit.ts";
import type { Func, Instruction, Node } from "./ir.ts";

/** Whether an instruction does something beside giving a value. */
export function hasEffect(node: Node): boolean {
	switch (node.op) {
		case "store":
		case "memcpy":
		case "memset":
		case "atomic":
		case "loadacquire":
		case "storerelease":
		case "call":
		case "lifetime":
			return true;
		case "load":
			return node.volatile;
		case "asm":
			return node.asm.volatile || node.asm.outputs.length === 0;
		default:
			return false;
	}
}

/** Removes what has no effect and no live user. Says whether anything went. */
export function removeDead(func: Func): boolean {
	const live = new Set<Node>();
	const work: Node[] = [];
	const mark = (node: Node) => {
		if (live.has(node)) return;
		live.add(node);
		work.push(node);
	};
	for (const block of func.blocks) {
		for (const node of block.body) if (hasEffect(node) && node.op !== "lifetime") mark(node);
		mark(block.terminator);
	}
	for (let node = work.pop(); node; node = work.pop()) for (const arg of node.args) mark(arg);
	let changed = false;
	for (const block of func.blocks) {
		const [phis, body] = [block.phis.length, block.body.length];
		block.phis = block.phis.filter((p) => live.has(p));
		const keep = (n: Instruction) =>
			n.op === "lifetime" ? n.args.every((a) => live.has(a)) : live.has(n);
		block.body = block.body.filter(keep);
		changed ||= phis !== block.phis.length || body !== block.body.length;
	}
	return changed;
}

/** Removes allocas that are only written, with what writes them. */
export function removeWriteOnly(func: Func): boolean {
	const users = usersOf(func);
	const dead = new Set<Node>();
	for (const node of func.blocks[0]?.body ?? []) {
		if (node.op !== "alloca") continue;
		const found: Node[] = [node];
		if (onlyWritten(node, users, found)) for (const n of found) dead.add(n);
	}
	if (dead.size === 0) return false;
	for (const block of func.blocks) block.body = block.body.filter((n) => !dead.has(n));
	removeDead(func);
	return true;
}

function onlyWritten(pointer: Node, users: Users, found: Node[]): boolean {
	for (const user of users[pointer.id] ?? []) {
		found.push(user);
		switch (user.op) {
			case "lifetime":
				break;
			case "ptradd":
				if (!onlyWritten(user, users, found)) return false;
				break;
			case "store":
				if (user.volatile || user.args[1] === pointer) return false;
				break;
			case "memset":
				break;
			case "memcpy":
				if (user.args[1] === pointer) return false;
				break;
			default:
				return false;
		}
	}
	return true;
}
