// Rewriting rules for conversions: extensions, truncations, byte swaps, pointers as numbers.

import { touch } from "./alias.ts";
import { strip } from "./demand.ts";
import { evaluateSwap, unsigned } from "./evaluate.ts";
import type { BinaryOp, Instruction, Node } from "./ir.ts";
import { binary, type Context, literal } from "./rule.ts";

/** i32 → i64 with zeroes. */
export function combineZext(node: Instruction & { op: "zext" }, c: Context): Node | undefined {
	const [x] = node.args;
	if (!x) return undefined;
	if (x.op === "const") return c.const("i64", unsigned("i32", x.value));
	const [inner, k] = x.args;
	if (x.op === "trunc" && inner && c.known.max(inner) <= 0xffffffffn) return inner;
	const m = literal(k);
	if (x.op === "and" && inner?.op === "trunc" && m !== undefined && m >= 0n) {
		const wide = inner.args[0];
		if (wide && c.single(x)) return binary(c, "and", wide, c.const("i64", m));
	}
	if (x.op === "load" && c.single(x) && !x.signed) {
		x.type = "i64";
		c.known.forget(x);
		return x;
	}
	if (x.op === "bswap" && inner?.op === "trunc" && x.bits < 64 && c.single(x)) {
		const wide = inner.args[0];
		if (wide) return c.make({ op: "bswap", type: "i64", bits: x.bits, args: [wide] });
	}
	return undefined;
}

/** i64 → i32. */
export function combineTrunc(node: Instruction & { op: "trunc" }, c: Context): Node | undefined {
	const [x] = node.args;
	if (!x) return undefined;
	if (x.op === "const") return c.const("i32", x.value);
	const [inner] = x.args;
	if (x.op === "zext") return inner;
	if (x.op === "sext" && inner) {
		const low = inner.type === "i64" ? c.make({ op: "trunc", type: "i32", args: [inner] }) : inner;
		return x.bits === 32 ? low : c.make({ op: "sext", type: "i32", bits: x.bits, args: [low] });
	}
	if (
		x.op === "load" &&
		c.single(x) &&
		x.size <= 4 &&
		x.type === "i64" &&
		(!x.signed || x.size < 4)
	) {
		x.type = "i32";
		c.known.forget(x);
		return x;
	}
	// Of what has to be read byte by byte, only what is wanted.
	if (x.op === "load" && c.single(x) && x.size === 8 && x.align < 4 && !x.volatile) {
		x.size = 4;
		x.type = "i32";
		c.known.forget(x);
		return x;
	}
	if (x.op === "bswap" && x.bits < 64 && inner && c.single(x)) {
		const low = c.make({ op: "trunc", type: "i32", args: [inner] });
		return c.make({ op: "bswap", type: "i32", bits: x.bits, args: [low] });
	}
	if (x.op === "phi" && c.single(x) && narrowPhi(x, c)) return x;
	const less = strip(x, 0xffffffffn, c);
	if (less !== x && less.type === "i64") return c.make({ op: "trunc", type: "i32", args: [less] });
	return narrowable(x, c, 0) && isArithmetic(x) ? narrowed(x, c) : undefined;
}

/** A phi of extensions whose low half alone is used joins what they extend: a check of one of those then says something of the phi. */
function narrowPhi(phi: Node, c: Context): boolean {
	const lows = phi.args.map((a) => {
		if (a.op === "const") return c.const("i32", a.value);
		if (a.op !== "zext" && (a.op !== "sext" || a.bits !== 32)) return undefined;
		return a.args[0]?.type === "i32" ? a.args[0] : undefined;
	});
	if (lows.includes(undefined) || lows.every((l) => l?.op === "const")) return false;
	lows.forEach((low, i) => {
		if (!low) return;
		phi.args[i] = low;
		c.use(low);
	});
	phi.type = "i32";
	c.known.forget(phi);
	return true;
}

function isArithmetic(node: Node): boolean {
	return ["add", "sub", "mul", "and", "or", "xor", "shl"].includes(node.op);
}

/** Whether the low half of a 64-bit value can be computed by 32-bit operations at no cost. What may be a pointer stays: the verifier
 *  knows no 32-bit arithmetic on them. */
export function narrowable(node: Node, c: Context, depth: number): boolean {
	if (node.op === "const" || node.op === "zext" || (node.op === "sext" && node.bits === 32))
		return true;
	const [x, y] = node.args;
	if (node.op === "load" && x)
		return node.size === 8 && touch(x, 8).root.op === "global" && depth > 0;
	if (!isArithmetic(node) && depth > 0 && c.known.max(node) <= 0xffffffffn) return true;
	if (depth > 4 || !isArithmetic(node) || !c.single(node) || !x || !y) return false;
	if (node.op === "shl") {
		const n = literal(y);
		return n !== undefined && n >= 0n && n < 32n && narrowable(x, c, depth + 1);
	}
	return narrowable(x, c, depth + 1) && narrowable(y, c, depth + 1);
}

/** The low half of a value that is narrowable. */
function narrowed(node: Node, c: Context): Node {
	const [x, y] = node.args;
	if (!x || !y || !isArithmetic(node)) return c.make({ op: "trunc", type: "i32", args: [node] });
	const op = node.op as BinaryOp;
	return binary(c, op, narrowed(x, c), narrowed(y, c));
}

/** Sign extension from the low bits. */
export function combineSext(node: Instruction & { op: "sext" }, c: Context): Node | undefined {
	const [x] = node.args;
	if (!x) return undefined;
	const { bits, type } = node;
	if (x.op === "const") return c.const(type, BigInt.asIntN(bits, x.value));
	const same = x.type === type;
	if (same && c.known.max(x) >> BigInt(bits - 1) === 0n) return x;
	if (type === "i64" && x.type === "i32" && c.known.max(x) >> BigInt(bits - 1) === 0n)
		return c.make({ op: "zext", type: "i64", args: [x] });
	if (x.op === "sext" && x.bits <= bits) {
		if (same) return x;
		const inner = x.args[0];
		// What else uses it may be how the verifier knows its bounds.
		if (inner && type === "i64" && c.single(x))
			return c.make({ op: "sext", type, bits: x.bits, args: [inner] });
	}
	if (x.op === "load" && x.size * 8 === bits && !x.volatile && c.single(x)) {
		x.signed = true;
		x.type = type;
		c.known.forget(x);
		return x;
	}
	if (x.op === "load" && x.signed && x.size * 8 <= bits) {
		if (same) return x;
		if (c.single(x) && type === "i64") {
			x.type = type;
			c.known.forget(x);
			return x;
		}
	}
	const less = strip(x, (1n << BigInt(bits)) - 1n, c, type === "i64");
	if (less !== x) return c.make({ op: "sext", type, bits, args: [less] });
	if (bits < 32 && (x.op === "phi" || x.op === "select") && isSignExtended(x, bits, c, new Set())) {
		// Made anew it would not have the bounds that the value was found to have.
		if (same) return x;
		if (x.type === "i32") return c.make({ op: "sext", type, bits: 32, args: [x] });
	}
	return undefined;
}

/** Whether a value is what sign extension from its low bits gives. */
function isSignExtended(node: Node, bits: number, c: Context, seen: Set<Node>): boolean {
	if (node.op === "const") return BigInt.asIntN(bits, node.value) === node.value;
	if (node.op === "sext") return node.bits <= bits;
	if (node.op === "load" && node.signed) return node.size * 8 <= bits;
	if (node.op !== "phi" && node.op !== "select")
		return c.known.max(node) >> BigInt(bits - 1) === 0n;
	if (seen.has(node)) return true;
	if (seen.size > 8) return false;
	seen.add(node);
	const values = node.op === "select" ? node.args.slice(1) : node.args;
	return values.every((value) => isSignExtended(value, bits, c, seen));
}

/** Byte swaps. */
export function combineSwap(node: Instruction & { op: "bswap" }, c: Context): Node | undefined {
	const [x] = node.args;
	if (!x) return undefined;
	if (x.op === "const") return c.const(node.type, evaluateSwap(node.bits, node.type, x.value));
	const mask = (1n << BigInt(node.bits)) - 1n;
	const inner = x.args[0];
	if (x.op === "bswap" && x.bits === node.bits && inner)
		return node.bits === 64 || (node.bits === 32 && node.type === "i32")
			? inner
			: binary(c, "and", inner, c.const(node.type, mask));
	const less = strip(x, mask, c);
	if (less !== x && less.type === node.type)
		return c.make({ op: "bswap", type: node.type, bits: node.bits, args: [less] });
	return undefined;
}

/** Casts between address spaces: of the start of an object, so that accesses to all of it share one. */
export function combineSpace(
	node: Instruction & { op: "spacecast" },
	c: Context,
): Node | undefined {
	const [x] = node.args;
	const inner = x?.op === "spacecast" && x.from === node.into && x.into === node.from;
	if (inner) return x.args[0];
	const [base, bytes] = x?.op === "ptradd" ? x.args : [];
	if (!base || !bytes) return undefined;
	const { from, into } = node;
	const moved = c.make({ op: "spacecast", type: "ptr", from, into, args: [base] });
	return c.make({ op: "ptradd", type: "ptr", args: [moved, bytes] });
}

/** ptrtoint and inttoptr. */
export function combineCast(
	node: Instruction & { op: "ptrtoint" | "inttoptr" },
	c: Context,
): Node | undefined {
	const [x] = node.args;
	if (!x) return undefined;
	if (x.op === "const") return c.const(node.type ?? "i64", x.value);
	const [a, b] = x.args;
	if (node.op === "ptrtoint") return x.op === "inttoptr" ? a : undefined;
	if (x.op === "ptrtoint") return a;
	if (x.op === "add" && a && b) {
		const [p, n] = a.op === "ptrtoint" ? [a.args[0], b] : b.op === "ptrtoint" ? [b.args[0], a] : [];
		if (p && n) return c.make({ op: "ptradd", type: "ptr", args: [p, n] });
	}
	if (x.op === "load" && c.single(x) && x.size === 8) {
		x.type = "ptr";
		return x;
	}
	return undefined;
}
