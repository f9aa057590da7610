// Sinking: what only one way needs is computed on that way, and what several ways do last is done once where they meet. Moves loads past
// no write, and nothing into a loop.

import { escapedAllocas, mayOverlap, touch } from "./alias.ts";
import { hasEffect } from "./dead.ts";
import { type Users, usersOf } from "./edit.ts";
import { dominators, predecessors, successors } from "./graph.ts";
import type { Block, Func, Instruction, Node } from "./ir.ts";
import { isBarrier, written } from "./memory.ts";

/** Moves values down to the one branch that uses them. Says whether anything moved. */
export function sinkValues(func: Func): boolean {
	predecessors(func);
	const tree = dominators(func);
	const users = usersOf(func);
	const escaped = escapedAllocas(func);
	let changed = false;
	for (const block of tree.order) {
		const ways = successors(block);
		if (ways.length < 2) continue;
		const doors = ways.filter((w) => w.preds.length === 1);
		if (doors.length === 0) continue;
		for (let i = block.body.length - 1; i >= 0; i--) {
			const node = block.body[i];
			if (!node || !canMove(node, block, i, escaped)) continue;
			const door = doors.find((d) => usedOnlyBelow(node, d, users, tree.dominates));
			if (!door) continue;
			block.body.splice(i, 1);
			door.body.unshift(node);
			node.block = door;
			changed = true;
		}
	}
	return changed;
}

function canMove(
	node: Instruction,
	block: Block,
	index: number,
	escaped: ReadonlySet<Node>,
): boolean {
	if (node.type === undefined || hasEffect(node)) return false;
	if (node.op === "alloca" || node.op === "asm" || node.op === "asmout" || node.op === "isconst")
		return false;
	if (node.op !== "load") return true;
	const [pointer] = node.args;
	if (!pointer) return false;
	const at = touch(pointer, node.size);
	for (const after of [...block.body.slice(index + 1), block.terminator]) {
		if (isBarrier(after)) return false;
		if (after.op === "lifetime" && after.args[0] === at.root) return false;
		const bytes = written(after);
		if (bytes && mayOverlap(bytes, at, escaped)) return false;
	}
	return true;
}

function usedOnlyBelow(
	node: Node,
	door: Block,
	users: Users,
	dominates: (a: Block, b: Block) => boolean,
): boolean {
	const list = users[node.id] ?? [];
	if (list.length === 0) return false;
	return list.every((user) => {
		if (!user.block) return false;
		if (user.op !== "phi") return dominates(door, user.block);
		return user.args.every((a, i) => {
			const from = user.from[i];
			return a !== node || (from !== undefined && dominates(door, from));
		});
	});
}
