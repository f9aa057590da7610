// Demanded bits: what a value can be replaced by when only some of its bits matter.

import { unsigned, widthOf } from "./evaluate.ts";
import type { Node } from "./ir.ts";
import { type Context, literal } from "./rule.ts";

/** An existing value that agrees with `node` in the bits of `mask`; `node` itself if there is none simpler. Its type may be the other integer
 *  type only if `anyType`. */
export function strip(
	node: Node,
	mask: bigint,
	c: Context,
	anyType = false,
	depth = 0,
	owned = true,
): Node {
	if (depth > 6) return node;
	// Only what nobody else sees, directly or through what is skipped here, may be changed in place.
	const own = owned && c.single(node);
	const [x, y] = node.args;
	const k = literal(y);
	const again = (n: Node) => {
		const before = c.known.changes;
		const less = strip(n, mask, c, anyType, depth + 1, own);
		if (c.known.changes !== before) c.known.forget(node);
		return less;
	};
	switch (node.op) {
		case "and":
			if (x && k !== undefined && (mask & ~unsigned(node.type, k)) === 0n) return again(x);
			break;
		case "or":
		case "xor":
			if (x && k !== undefined && (mask & unsigned(node.type, k)) === 0n) return again(x);
			break;
		case "sext":
			if (x && (anyType || x.type === node.type) && mask >> BigInt(node.bits) === 0n)
				return again(x);
			break;
		case "zext":
		case "trunc":
			if (x && anyType && mask >> 32n === 0n) return again(x);
			break;
		default:
	}
	if (own) narrow(node, mask, c, depth);
	return node;
}

/** Replaces arguments of a value that nobody else uses. */
function narrow(node: Node, mask: bigint, c: Context, depth: number): void {
	const set = (i: number, m: bigint) => {
		const arg = node.args[i];
		if (!arg || arg.op === "const") return;
		const before = c.known.changes;
		const less = strip(arg, m, c, false, depth + 1);
		if (less !== arg && less.type === arg.type) {
			node.args[i] = less;
			c.use(less);
			c.known.forget(node);
		} else if (c.known.changes !== before) c.known.forget(node);
	};
	const all = (1n << BigInt(widthOf(node.type))) - 1n;
	switch (node.op) {
		case "and": {
			const k = literal(node.args[1]);
			if (k !== undefined) set(0, mask & unsigned(node.type, k));
			break;
		}
		case "or":
		case "xor":
			set(0, mask);
			set(1, mask);
			break;
		case "add":
		case "sub":
		case "mul": {
			// Carries go upwards only: everything up to the highest wanted bit.
			const low = (1n << BigInt(mask.toString(2).length)) - 1n;
			set(0, low & all);
			set(1, low & all);
			break;
		}
		case "shl": {
			const k = literal(node.args[1]);
			if (k !== undefined && k >= 0n && k < 64n) set(0, mask >> k);
			break;
		}
		case "lshr": {
			const k = literal(node.args[1]);
			if (k !== undefined && k >= 0n && k < 64n) set(0, (mask << k) & all);
			break;
		}
		case "select":
			set(1, mask);
			set(2, mask);
			break;
		default:
	}
}
