// Order of a block's nodes for selection: an increment waits for the last reader of what it increments, so that both can share a
// register. Reads SSA, gives a new order, changes nothing.

import type { Block, Instruction, Node } from "../ssa/index.ts";
import { type Context, fits32 } from "./context.ts";

/** The blocks of one function, ordered one after another. */
export class Order {
	readonly #c: Context;
	/** Blocks by their terminators. */
	readonly #ends = new Map<Node, Block>();
	readonly #readers = new Map<Node, Readers>();

	constructor(c: Context) {
		this.#c = c;
		for (const block of c.source.blocks) this.#ends.set(block.terminator, block);
	}

	/** The block's body in the order in which it is selected. */
	of(block: Block): readonly Instruction[] {
		const body = besideStores(this.#c, block.body);
		const own = new Set<Node>(body);
		const behind = new Map<Node, Instruction[]>();
		const moved = new Set<Node>();
		for (const node of body) {
			const after = this.#waitsFor(block, own, node);
			if (!after) continue;
			moved.add(node);
			const list = behind.get(after);
			if (list) list.push(node);
			else behind.set(after, [node]);
		}
		if (moved.size === 0) return body;
		const out: Instruction[] = [];
		for (const first of body) {
			if (moved.has(first)) continue;
			const work = [first];
			for (let node = work.pop(); node; node = work.pop()) {
				out.push(node);
				const next = behind.get(node) ?? [];
				for (let i = next.length - 1; i >= 0; i--) if (next[i]) work.push(next[i] as Instruction);
			}
		}
		return out;
	}

	/** The later node of the block after which `node` had better come, if any. */
	#waitsFor(block: Block, own: ReadonlySet<Node>, node: Node): Node | undefined {
		const c = this.#c;
		if (!/^(add|sub|and|or|xor|shl|lshr|ashr|ptradd)$/.test(node.op) || c.folded.has(node))
			return undefined;
		const [from, by] = node.args;
		if (!from || by?.op !== "const" || !fits32(by.value) || from.op === "alloca") return undefined;
		if (c.usersOf(from).length < 2 || from.op === "global" || from.op === "const") return undefined;
		const here = c.positions.get(node) ?? 0;
		const readers = this.#readersOf(from);
		const elsewhere = readers.first?.home === block ? readers.second : readers.first;
		if (elsewhere && elsewhere.until >= here) return undefined;
		const last = readers.last.get(block);
		const at = (last && c.positions.get(last)) ?? 0;
		if (!last || at <= here || !own.has(last)) return undefined;
		for (const user of c.usersOf(node)) {
			const place = effective(c, this.#ends, user, 0);
			if (place && home(this.#ends, place) === block && (c.positions.get(place) ?? 0) <= at)
				return undefined;
		}
		return last;
	}

	#readersOf(value: Node): Readers {
		const known = this.#readers.get(value);
		if (known) return known;
		const c = this.#c;
		const last = new Map<Block, Node>();
		let first: Reader | undefined;
		let second: Reader | undefined;
		for (const reader of c.usersOf(value)) {
			const place = effective(c, this.#ends, reader, 0);
			const at = place && home(this.#ends, place);
			if (place && at) {
				const before = last.get(at);
				const position = c.positions.get(place) ?? 0;
				if (!before || position > (c.positions.get(before) ?? 0)) last.set(at, place);
			}
			const found = { home: at, until: readsUntil(c, reader, value) };
			if (!first || found.until > first.until) {
				if (first && first.home !== found.home) second = first;
				first = found;
			} else if (found.home !== first.home && !(second && second.until >= found.until))
				second = found;
		}
		const readers = { last, first, second };
		this.#readers.set(value, readers);
		return readers;
	}
}

/** One reader of a value: the block where it reads, undefined for several or an edge, and the position of its last reading. */
interface Reader {
	readonly home: Block | undefined;
	readonly until: number;
}

interface Readers {
	/** By block: where a value is read there last. */
	readonly last: ReadonlyMap<Block, Node>;
	/** The one that reads last, and the last of those at home elsewhere. */
	readonly first: Reader | undefined;
	readonly second: Reader | undefined;
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
		out.copyWithin(at, at + 1, to);
		out[to - 1] = load;
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

function home(ends: ReadonlyMap<Node, Block>, node: Node): Block | undefined {
	return ends.get(node) ?? node.block;
}

/** The position behind which the reader does not keep the value alive, short of a way around a loop. */
function readsUntil(c: Context, reader: Node, value: Node): number {
	if (reader.op === "phi") {
		let until = -1;
		reader.args.forEach((arg, at) => {
			const end = reader.from[at]?.terminator;
			if (arg === value) until = Math.max(until, end ? (c.positions.get(end) ?? 0) : Infinity);
		});
		return until;
	}
	if (!c.folded.has(reader)) return c.positions.get(reader) ?? 0;
	let until = -1;
	for (const user of c.usersOf(reader)) until = Math.max(until, readsUntil(c, user, reader));
	return until;
}

/** Where a reader reads: itself, or for a folded node the last of its users; undefined when those are in several blocks. */
function effective(
	c: Context,
	ends: ReadonlyMap<Node, Block>,
	reader: Node,
	depth: number,
): Node | undefined {
	if (reader.op === "phi" || depth > 8) return undefined;
	if (!c.folded.has(reader)) return reader;
	let last: Node | undefined;
	for (const user of c.usersOf(reader)) {
		const place = effective(c, ends, user, depth + 1);
		if (!place || (last && home(ends, place) !== home(ends, last))) return undefined;
		if (!last || (c.positions.get(place) ?? 0) > (c.positions.get(last) ?? 0)) last = place;
	}
	return last;
}
