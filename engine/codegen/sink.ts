// Order of a block's nodes for selection: an increment waits for the last reader of what it increments, so that both can share a
// register. Reads SSA, gives a new order, changes nothing.

import type { Block, Instruction, Node } from "../ssa/index.ts";
import { type Context, fits32 } from "./context.ts";

/** The block's body in the order in which it is selected. */
export function inOrder(c: Context, block: Block): readonly Instruction[] {
	const body = besideStores(c, block.body);
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

/** How far a load is moved. */
const REACH = 48;

/** Loads that are only stored again move down to their stores, as far as the stores between write elsewhere: copies of memory then
 *  need few registers. */
function besideStores(c: Context, body: readonly Instruction[]): readonly Instruction[] {
	const out = [...body];
	for (let at = out.length - 2; at >= 0; at--) {
		const load = out[at];
		if (load?.op !== "load" || load.volatile) continue;
		const [user, ...others] = c.usersOf(load);
		if (user?.op !== "store" || others.length > 0 || user.args[0] === load) continue;
		let to = at + 1;
		const end = Math.min(out.length, at + REACH);
		while (to < end && out[to] !== user && passes(load, out[to])) to++;
		if (to === end || to === at + 1) continue;
		out.splice(at, 1);
		out.splice(to - 1, 0, load);
	}
	return out;
}

/** The load gives the same after the node. */
function passes(load: Instruction & { op: "load" }, node: Instruction | undefined): boolean {
	if (!node) return false;
	if (/^(call|asm|atomic|memcpy|memset|loadacquire|storerelease|lifetime)$/.test(node.op))
		return false;
	if (node.op !== "store") return true;
	const [a, b] = [location(load.args[0]), location(node.args[0])];
	if (!a || !b || a.base !== b.base) return false;
	return a.off + load.size <= b.off || b.off + node.size <= a.off;
}

function location(pointer: Node | undefined): { base: Node; off: number } | undefined {
	let off = 0;
	for (let node = pointer; node; node = node.args[0]) {
		if (node.op !== "ptradd") return { base: node, off };
		const by = node.args[1];
		if (by?.op !== "const") return { base: node, off };
		off += Number(by.value);
	}
	return undefined;
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
