// Rewriting rules for comparisons and selections. The canonical form has the constant on the right and a strict predicate (`x < 5`, not
// `x <= 4`), as LLVM keeps it.

import { offsetOf } from "./arith.ts";
import { wrap } from "./build.ts";
import { evaluateCompare, evaluateSwap, unsigned, widthOf } from "./evaluate.ts";
import type { Instruction, Node, Predicate, Type } from "./ir.ts";
import { inverse, swapped } from "./operators.ts";
import { binary, type Context, compare, literal, log2 } from "./rule.ts";

type Compare = Instruction & { op: "icmp" };

function truth(c: Context, value: boolean): Node {
	return c.const("i32", value ? 1 : 0);
}

/** Simplifies a comparison. */
export function combineCompare(node: Compare, c: Context): Node | undefined {
	const [a, b] = node.args;
	if (!a || !b) return undefined;
	const type = a.type ?? "i64";
	if (a.op === "const" && b.op === "const")
		return truth(c, evaluateCompare(node.predicate, type, a.value, b.value));
	if (a === b) return truth(c, ["eq", "ule", "uge", "sle", "sge"].includes(node.predicate));
	if (a.op === "const" || (b.op !== "const" && a.op === "global"))
		return compare(c, swapped[node.predicate], b, a);
	if (type === "ptr") return comparePointers(node, a, b, c);
	if (b.op === "const") {
		return (
			strict(node, a, b.value, c) ?? byRange(node, a, b.value, c) ?? byOperand(node, a, b.value, c)
		);
	}
	return byPair(node, a, b, c);
}

/** The address of an alloca or symbol is never null. */
function comparePointers(node: Compare, a: Node, b: Node, c: Context): Node | undefined {
	if (literal(b) !== 0n) return sameObject(node, a, b, c);
	const isWeak = (symbol: string) =>
		c.module?.externs.some((e) => e.name === symbol && e.weak) ?? true;
	const sure = a.op === "alloca" || (a.op === "global" && !isWeak(a.symbol));
	if (!sure) return undefined;
	return node.predicate === "eq" || node.predicate === "ne"
		? truth(c, node.predicate === "ne")
		: undefined;
}

/** Two addresses that are a number of bytes from one and the same: objects do not wrap around the end of memory. Numbers that are not known
 *  are compared only within what the program owns: comparing packet pointers is how the verifier learns bounds. */
function sameObject(node: Compare, a: Node, b: Node, c: Context): Node | undefined {
	const [x, y] = [fromRoot(a), fromRoot(b)];
	const { predicate } = node;
	const signed = predicate.startsWith("u") ? (`s${predicate.slice(1)}` as Predicate) : predicate;
	if (x.root !== y.root) {
		const [p, q] = [offsetOf(a, c), offsetOf(b, c)];
		if (p.root !== q.root || (p.root.op !== "alloca" && p.root.op !== "global")) return undefined;
		return compare(c, signed, p.offset(), q.offset());
	}
	if (x.root.op === "const") return undefined;
	return truth(c, evaluateCompare(signed, "i64", x.bytes, y.bytes));
}

/** A pointer as constant bytes from another value. */
export function fromRoot(pointer: Node): { readonly root: Node; readonly bytes: bigint } {
	let root = pointer;
	let bytes = 0n;
	while (root.op === "ptradd") {
		const [base, offset] = root.args;
		if (!base || offset?.op !== "const") break;
		bytes += offset.value;
		root = base;
	}
	return { root, bytes };
}

function extremes(type: Type): { umax: bigint; smin: bigint; smax: bigint } {
	const width = BigInt(widthOf(type));
	return { umax: -1n, smin: -(1n << (width - 1n)), smax: (1n << (width - 1n)) - 1n };
}

/** `<=` to `<` and the ends of the number line. */
function strict(node: Compare, a: Node, k: bigint, c: Context): Node | undefined {
	const type = a.type ?? "i64";
	const { umax, smin, smax } = extremes(type);
	const to = (predicate: Predicate, value: bigint) =>
		compare(c, predicate, a, c.const(type, value));
	switch (node.predicate) {
		case "ule":
			return k === umax ? truth(c, true) : to("ult", k + 1n);
		case "uge":
			return k === 0n ? truth(c, true) : to("ugt", k - 1n);
		case "sle":
			return k === smax ? truth(c, true) : to("slt", k + 1n);
		case "sge":
			return k === smin ? truth(c, true) : to("sgt", k - 1n);
		case "ult":
			if (k === 0n) return truth(c, false);
			return k === 1n ? to("eq", 0n) : k === umax ? to("ne", k) : undefined;
		case "ugt":
			if (k === umax) return truth(c, false);
			return k === 0n ? to("ne", 0n) : k === umax - 1n ? to("eq", umax) : undefined;
		case "slt":
			if (k === smin) return truth(c, false);
			return k === smax ? to("ne", k) : k === smin + 1n ? to("eq", smin) : undefined;
		case "sgt":
			if (k === smax) return truth(c, false);
			return k === smin ? to("ne", k) : k === smax - 1n ? to("eq", smax) : undefined;
		default:
			return undefined;
	}
}

/** What known bits decide. */
function byRange(node: Compare, a: Node, k: bigint, c: Context): Node | undefined {
	const type = a.type ?? "i64";
	const bits = c.known.of(a);
	const [low, high, value] = [c.known.min(a), c.known.max(a), unsigned(type, k)];
	switch (node.predicate) {
		case "eq":
		case "ne":
			if ((bits.zero & value) !== 0n || (bits.one & ~value) !== 0n || value > high)
				return truth(c, node.predicate === "ne");
			return undefined;
		case "ult":
			return high < value ? truth(c, true) : low >= value ? truth(c, false) : undefined;
		case "ugt":
			return low > value ? truth(c, true) : high <= value ? truth(c, false) : undefined;
		case "slt":
		case "sgt": {
			if (!c.known.nonNegative(a)) return undefined;
			if (k < 0n) return truth(c, node.predicate === "sgt");
			return compare(c, node.predicate === "slt" ? "ult" : "ugt", a, c.const(type, k));
		}
		default:
			return undefined;
	}
}

function byOperand(node: Compare, a: Node, k: bigint, c: Context): Node | undefined {
	const type = a.type ?? "i64";
	const equality = node.predicate === "eq" || node.predicate === "ne";
	const [x, y] = a.args;
	if (!x) return undefined;
	const again = (left: Node, value: bigint, predicate = node.predicate) =>
		compare(c, predicate, left, c.const(left.type ?? "i64", value));
	switch (a.op) {
		case "zext":
			return extendedUnsigned(node, x, k, c);
		case "sext":
			if (a.bits !== 32 || type !== "i64" || x.type !== "i32") return undefined;
			return extendedSigned(node, x, k, c, c.single(a));
		case "icmp":
			if (!equality || (k !== 0n && k !== 1n)) return undefined;
			if ((node.predicate === "ne") === (k === 0n)) return a;
			return y ? compare(c, inverse[a.predicate], x, y) : undefined;
		case "select":
			return ofSelect(node, a, k, c);
		case "trunc":
			return equality && c.known.max(x) <= 0xffffffffn ? again(x, unsigned("i32", k)) : undefined;
		default:
	}
	if (!equality) return undefined;
	const m = literal(y);
	if (a.op === "sub" && y && k === 0n) return compare(c, node.predicate, x, y);
	if (a.op === "xor" && y && k === 0n && m === undefined) return compare(c, node.predicate, x, y);
	if (a.op === "bswap" && a.bits <= 64) {
		const whole = c.known.max(x) >> BigInt(a.bits) === 0n;
		return whole ? again(x, evaluateSwap(a.bits, type, k)) : undefined;
	}
	if (m === undefined) return undefined;
	// What else uses a sum is to have the bounds of the comparison.
	if (a.op === "add") return c.single(a) || x.op === "phi" ? again(x, k - m) : undefined;
	if (a.op === "xor") return again(x, k ^ m);
	return a.op === "and" ? ofMask(node, a, x, m, k, c) : undefined;
}

function extendedUnsigned(node: Compare, x: Node, k: bigint, c: Context): Node | undefined {
	const { predicate } = node;
	const fits = k >= 0n && k <= 0xffffffffn;
	if (!fits) {
		if (predicate === "eq" || predicate === "ne") return truth(c, predicate === "ne");
		return undefined;
	}
	const to: Predicate = predicate === "slt" ? "ult" : predicate === "sgt" ? "ugt" : predicate;
	return compare(c, to, x, c.const("i32", k));
}

/** `alone`: nothing but the comparison uses the extended value. */
function extendedSigned(
	node: Compare,
	x: Node,
	k: bigint,
	c: Context,
	alone: boolean,
): Node | undefined {
	const fits = k === wrap("i32", k);
	const { predicate } = node;
	if (predicate === "eq" || predicate === "ne")
		return fits ? compare(c, predicate, x, c.const("i32", k)) : truth(c, predicate === "ne");
	// Negative numbers are above all others in either width.
	const below = (predicate === "ult" || predicate === "ugt") && k >= 0n && alone;
	if (!fits || (predicate !== "slt" && predicate !== "sgt" && !below)) return undefined;
	return compare(c, predicate, x, c.const("i32", k));
}

/** select of two constants against a constant: the condition or its opposite. */
function ofSelect(
	node: Compare,
	a: Node & { op: "select" },
	k: bigint,
	c: Context,
): Node | undefined {
	const [condition, then, otherwise] = a.args;
	const [t, f] = [literal(then), literal(otherwise)];
	if (!condition || t === undefined || f === undefined) return undefined;
	const type = a.type;
	const yes = evaluateCompare(node.predicate, type, t, k);
	const no = evaluateCompare(node.predicate, type, f, k);
	if (yes === no) return truth(c, yes);
	return compare(c, yes ? "ne" : "eq", condition, c.const("i32", 0));
}

function ofMask(
	node: Compare,
	a: Node,
	x: Node,
	m: bigint,
	k: bigint,
	c: Context,
): Node | undefined {
	const type = a.type ?? "i64";
	if (k === m && log2(unsigned(type, m)) !== undefined)
		return compare(c, inverse[node.predicate], a, c.const(type, 0));
	const [inner, count] = x.op === "lshr" && c.single(a) && c.single(x) ? x.args : [];
	const n = literal(count);
	if (!inner || n === undefined || n <= 0n || n >= BigInt(widthOf(type))) return undefined;
	const moved = unsigned(type, m) << n;
	if (moved > 0x7fffffffn || unsigned(type, k) << n > 0x7fffffffn) return undefined;
	const masked = binary(c, "and", inner, c.const(type, moved));
	return compare(c, node.predicate, masked, c.const(type, unsigned(type, k) << n));
}

function byPair(node: Compare, a: Node, b: Node, c: Context): Node | undefined {
	const [x] = a.args;
	const [y] = b.args;
	const unsignedOf: Predicate =
		node.predicate === "slt" ||
		node.predicate === "sgt" ||
		node.predicate === "sle" ||
		node.predicate === "sge"
			? (`u${node.predicate.slice(1)}` as Predicate)
			: node.predicate;
	if (a.op === "zext" && b.op === "zext" && x && y) return compare(c, unsignedOf, x, y);
	if (a.op === "sext" && b.op === "sext" && a.bits === 32 && b.bits === 32 && x && y)
		if (x.type === "i32" && y.type === "i32" && !node.predicate.startsWith("u"))
			return compare(c, node.predicate, x, y);
	if (unsignedOf !== node.predicate && c.known.nonNegative(a) && c.known.nonNegative(b))
		return compare(c, unsignedOf, a, b);
	if (node.predicate === "ult" && c.known.max(a) < c.known.min(b)) return truth(c, true);
	if (node.predicate === "ugt" && c.known.max(a) <= c.known.min(b)) return truth(c, false);
	return undefined;
}

/** Simplifies a selection. */
export function combineSelect(node: Instruction & { op: "select" }, c: Context): Node | undefined {
	const [condition, then, otherwise] = node.args;
	if (!condition || !then || !otherwise) return undefined;
	const k = literal(condition);
	if (k !== undefined) return k === 0n ? otherwise : then;
	if (then === otherwise || otherwise.op === "undef") return then;
	if (then.op === "undef") return otherwise;
	if (
		condition.op === "icmp" &&
		condition.predicate === "ne" &&
		literal(condition.args[1]) === 0n
	) {
		const inner = condition.args[0];
		if (inner?.type === "i32" && inner.op === "icmp") {
			node.args = [inner, then, otherwise];
			c.use(inner);
			return node;
		}
	}
	const [t, f] = [literal(then), literal(otherwise)];
	if (t === 1n && f === 0n) return asNumber(node, condition, "ne", c);
	if (t === 0n && f === 1n) return asNumber(node, condition, "eq", c);
	if (condition.op !== "icmp") return undefined;
	const [x, y] = condition.args;
	const same = (x === then && y === otherwise) || (x === otherwise && y === then);
	if (same && condition.predicate === "eq") return otherwise;
	if (same && condition.predicate === "ne") return then;
	return undefined;
}

function asNumber(
	node: Node,
	condition: Node,
	predicate: "eq" | "ne",
	c: Context,
): Node | undefined {
	if (node.type === "ptr") return undefined;
	const bit = compare(c, predicate, condition, c.const("i32", 0));
	return node.type === "i32" ? bit : c.make({ op: "zext", type: "i64", args: [bit] });
}
