// Order of a block's nodes for selection: an increment waits for the last reader of what it increments, so that both can share a
// register. Reads SSA, gives a new order, changes nothing.

import type { Block, Instruction, Node } from "../ssa/index.ts";
import { type Context, fits32 } from "./context.ts";

/** The block's body in the order in which it is selected. */
export function inOrder(c: Context, block: Block): readonly Instruction[] {
	const { body } = block;
	const moves = new Map<Instruction, Node>();
	for (const node of body) {
		const after = waitsFor(c, block, node);
		if (after) moves.set(node, after);
	}
	if (moves.size === 0) return body;
	const behind = new Map<Node, Instruction[]>();
	for (const [node, after] of moves) behind.set(after, [...(behind.get(after) ?? []), node]);
	const out: Instruction[] = [];
	const put = (node: Instruction) => {
		out.push(node);
		for (const next of behind.get(node) ?? []) put(next);
	};
	for (const node of body) if (!moves.has(node)) put(node);
	return out;
}

/** The later node of the block after which `node` had better come, if any. */
function waitsFor(c: Context, block: Block, node: Node): Node | undefined {
	if (!/^(add|sub|and|or|xor|shl|lshr|ashr|ptradd)$/.test(node.op) || c.folded.has(node))
		return undefined;
	const [from, by] = node.args;
	if (!from || by?.op !== "const" || !fits32(by.value) || from.op === "alloca") return undefined;
	const readers = c.usersOf(from);
	if (readers.length < 2 || from.op === "global" || from.op === "const") return undefined;
	const here = c.positions.get(node) ?? 0;
	let last: Node | undefined;
	let at = here;
	for (const reader of readers) {
		if (reader === node || readsEarlier(c, reader, from, here)) continue;
		const place = effective(c, block, reader, 0);
		if (!place) return undefined;
		const position = c.positions.get(place) ?? 0;
		if (position <= at) continue;
		at = position;
		last = place;
	}
	if (!last || last === block.terminator || !block.body.some((n) => n === last)) return undefined;
	for (const user of c.usersOf(node)) {
		const place = effective(c, block, user, 0);
		if (place && (c.positions.get(place) ?? 0) <= at) return undefined;
	}
	return last;
}

/** The reader is behind us: it does not keep the value alive, short of a way around a loop. */
function readsEarlier(c: Context, reader: Node, value: Node, here: number): boolean {
	if (reader.op === "phi")
		return reader.args.every((arg, at) => {
			const end = reader.from[at]?.terminator;
			return arg !== value || (end !== undefined && (c.positions.get(end) ?? 0) < here);
		});
	if (c.folded.has(reader))
		return c.usersOf(reader).every((user) => readsEarlier(c, user, reader, here));
	return (c.positions.get(reader) ?? 0) < here;
}

/** Where in the block a reader reads: itself, or for a folded node the last of its users; undefined when that is elsewhere. */
function effective(c: Context, block: Block, reader: Node, depth: number): Node | undefined {
	if (reader.op === "phi" || depth > 8) return undefined;
	if (!c.folded.has(reader))
		return reader.block === block || reader === block.terminator ? reader : undefined;
	let last: Node | undefined;
	for (const user of c.usersOf(reader)) {
		const place = effective(c, block, user, depth + 1);
		if (!place) return undefined;
		if (!last || (c.positions.get(place) ?? 0) > (c.positions.get(last) ?? 0)) last = place;
	}
	return last;
}
