// Bits of one value that become bits of another: `if (x & 4) r |= 2` needs no branch, and bits that move the same way move together. The
// verifier then has one way to follow instead of two for each bit.

import { constant, emit, terminate } from "./build.ts";
import { removeUnreachable, replaceUses } from "./graph.ts";
import type { Block, Func, Node, Phi, Type } from "./ir.ts";
import { KnownBits } from "./known.ts";
import { binary, type Context, literal, log2 } from "./rule.ts";

const largest = 1n << 62n;

/** Makes joins of `v` and `v | bit`, decided by a bit, computations without a branch. Says whether there were any. */
export function flattenBits(func: Func): boolean {
	let changed = false;
	const known = new KnownBits();
	for (const join of func.blocks)
		for (const side of [...join.preds]) if (flatten(func, join, side, known)) changed = true;
	if (changed) removeUnreachable(func);
	return changed;
}

/** What a phi may be made of: the bit is `into` of the result where `mask` of `from` is set. */
interface Tested {
	readonly from: Node;
	readonly mask: bigint;
}

/** `side` does nothing but set bits, on one of the two ways from its predecessor to `join`. */
function flatten(func: Func, join: Block, side: Block, known: KnownBits): boolean {
	const [head] = side.preds;
	if (side.terminator.op !== "br" || side.phis.length > 0 || side.body.length > 1) return false;
	if (!head || side.preds.length !== 1 || !join.preds.includes(head)) return false;
	const t = head.terminator;
	const tested = t.op === "condbr" ? bitOf(t.args[0], t.then === side, known) : undefined;
	if (t.op !== "condbr" || !tested || t.then === t.otherwise) return false;
	const found: { phi: Phi; rest: Node; bit: bigint }[] = [];
	let uses = 0;
	for (const phi of join.phis) {
		const rest = phi.args[phi.from.indexOf(head)];
		const set = phi.args[phi.from.indexOf(side)];
		if (!rest || !set) return false;
		if (rest === set) continue;
		const bit = added(rest, set, side);
		if (bit === undefined || bit > (phi.type === "i32" ? 1n << 30n : largest) || phi.type === "ptr")
			return false;
		if (set.block === side) uses++;
		found.push({ phi, rest, bit });
	}
	// What the side computes is for these phis alone.
	if (found.length === 0 || side.body.length !== Math.min(uses, 1)) return false;
	for (const { phi, rest, bit } of found) {
		const moved = move(func, head, tested, bit, phi.type);
		const value = literal(rest) === 0n ? moved : plain(func, head, "or", [rest, moved], phi.type);
		phi.args[phi.from.indexOf(head)] = value;
	}
	terminate(func, head, { op: "br", target: join, args: [] });
	for (const phi of join.phis) {
		const at = phi.from.indexOf(side);
		phi.args.splice(at, 1);
		phi.from.splice(at, 1);
	}
	side.preds = [];
	join.preds = join.preds.filter((p) => p !== side);
	side.terminator = { id: side.terminator.id, op: "unreachable", args: [], block: side };
	single(func, join);
	return true;
}

/** Phis with one way left are that way's value. */
function single(func: Func, join: Block): void {
	if (join.preds.length !== 1) return;
	const by = new Map<Node, Node>();
	for (const phi of join.phis) if (phi.args[0]) by.set(phi, phi.args[0]);
	join.phis = [];
	replaceUses(func, by);
}

/** The bit that has to be set (or, with `holds` false, that a branch on it being clear leaves set). */
function bitOf(condition: Node | undefined, holds: boolean, known: KnownBits): Tested | undefined {
	if (condition?.op !== "icmp" || literal(condition.args[1]) !== 0n) return undefined;
	if (condition.predicate !== (holds ? "ne" : "eq")) return undefined;
	const [tested] = condition.args;
	const [from, by] = tested?.op === "and" ? tested.args : [];
	const mask = literal(by);
	if (from && mask !== undefined && log2(mask) !== undefined && mask <= largest)
		return { from, mask };
	const isTruth = tested && tested.type !== "ptr" && known.max(tested) === 1n;
	return isTruth ? { from: tested, mask: 1n } : undefined;
}

/** The one bit by which `set` may be more than `rest`. */
function added(rest: Node, set: Node, side: Block): bigint | undefined {
	if (literal(rest) === 0n) {
		const bit = literal(set);
		return bit !== undefined && log2(bit) !== undefined ? bit : undefined;
	}
	if (set.op !== "or" || set.block !== side || set.args[0] !== rest) return undefined;
	const bit = literal(set.args[1]);
	return bit !== undefined && log2(bit) !== undefined ? bit : undefined;
}

function plain(
	func: Func,
	block: Block,
	op: "and" | "or" | "shl" | "lshr",
	args: Node[],
	type: Type,
): Node {
	return emit(func, block, { op, type, args }, block.body.length);
}

function move(func: Func, block: Block, { from, mask }: Tested, bit: bigint, type: Type): Node {
	const own = from.type === "i64" ? "i64" : "i32";
	const number = (t: Type, v: bigint) => constant(func, t, v);
	const whole = from.op === "load" && from.truth === true && mask === 1n;
	let value = whole ? from : plain(func, block, "and", [from, number(own, mask)], own);
	if (own === "i64" && type === "i32" && mask > 1n << 30n) {
		const by = constant(func, "i64", (log2(mask) ?? 0) - (log2(bit) ?? 0));
		const low = plain(func, block, "lshr", [value, by], "i64");
		return emit(func, block, { op: "trunc", type, args: [low] }, block.body.length);
	}
	if (own !== type) {
		const args = [value];
		const at = block.body.length;
		value =
			type === "i64"
				? emit(func, block, { op: "zext", type: "i64", args }, at)
				: emit(func, block, { op: "trunc", type: "i32", args }, at);
	}
	const by = BigInt((log2(bit) ?? 0) - (log2(mask) ?? 0));
	if (by > 0n) value = plain(func, block, "shl", [value, number(type, by)], type);
	if (by < 0n) value = plain(func, block, "lshr", [value, number(type, -by)], type);
	return value;
}

/** Some bits of a value, moved upwards by `by` (or downwards). */
interface Field {
	readonly from: Node;
	/** Where the bits arrive. */
	readonly mask: bigint;
	readonly by: bigint;
}

function fieldOf(node: Node): Field | undefined {
	const [a, b] = node.args;
	const k = literal(b);
	const [x, y] = a?.args ?? [];
	const inner = literal(y);
	if (!a || k === undefined || k < 0n) return undefined;
	if (node.op === "and" && x && inner !== undefined && inner >= 0n) {
		if (a.op === "shl") return { from: x, mask: k, by: inner };
		if (a.op === "lshr") return { from: x, mask: k, by: -inner };
	}
	if (node.op === "and") return { from: a, mask: k, by: 0n };
	if (a.op !== "and" || !x || inner === undefined || inner < 0n) return undefined;
	if (node.op === "shl") return { from: x, mask: inner << k, by: k };
	if (node.op === "lshr") return { from: x, mask: inner >> k, by: -k };
	return undefined;
}

/** (… | bits of x moved by n) | other bits of x moved by n → one move of both. */
export function joinBits(node: Node, a: Node, b: Node, c: Context): Node | undefined {
	for (const [chain, one] of [
		[a, b],
		[b, a],
	] as const) {
		const field = fieldOf(one);
		const joined =
			field && c.single(one) ? absorb(chain, field, node.type ?? "i64", c, 0) : undefined;
		if (joined) return joined;
	}
	return undefined;
}

function absorb(
	chain: Node,
	field: Field,
	type: Type,
	c: Context,
	depth: number,
): Node | undefined {
	if (depth > 12 || !c.single(chain)) return undefined;
	if (chain.op === "or" && chain.args[0] && chain.args[1]) {
		const [x, y] = chain.args;
		const right = absorb(y, field, type, c, depth + 1);
		if (right) return binary(c, "or", x, right);
		const left = absorb(x, field, type, c, depth + 1);
		return left && binary(c, "or", left, y);
	}
	const own = fieldOf(chain);
	if (!own || own.from !== field.from || own.by !== field.by) return undefined;
	const mask = own.mask | field.mask;
	const { from, by } = field;
	if (type === "i32" && mask > 0x7fffffffn) return undefined;
	if (by < 0n) {
		const moved = binary(c, "lshr", from, c.const(type, -by));
		return binary(c, "and", moved, c.const(type, mask));
	}
	const cut = binary(c, "and", from, c.const(type, mask >> by));
	return by === 0n ? cut : binary(c, "shl", cut, c.const(type, by));
}
