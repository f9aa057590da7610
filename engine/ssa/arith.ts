// Rewriting rules for binary operations and pointer arithmetic: identities, constants gathered on the right, masks and shifts.

import { joinBits } from "./bits.ts";
import { strip } from "./demand.ts";
import { evaluateBinary, evaluateSwap, unsigned, widthOf } from "./evaluate.ts";
import type { BinaryOp, Instruction, Node } from "./ir.ts";
import { commutative, inverse } from "./operators.ts";
import { binary, type Context, compare, literal, log2 } from "./rule.ts";

type Binary = Instruction & { op: BinaryOp };

/** Simplifies a binary operation. */
export function combineBinary(node: Binary, c: Context): Node | undefined {
	const [a, b] = node.args;
	if (!a || !b) return undefined;
	if (a.op === "const" && b.op === "const")
		return c.const(node.type, evaluateBinary(node.op, node.type, a.value, b.value));
	if (a.op === "const" && commutative.has(node.op)) {
		node.args = [b, a];
		return node;
	}
	return byConstant(node, a, b, c) ?? byForm(node, a, b, c);
}

function byConstant(node: Binary, a: Node, b: Node, c: Context): Node | undefined {
	const k = literal(b);
	if (k === undefined) return undefined;
	const inner = associate(node, a, k, c) ?? belowSwap(node, a, k, c);
	if (inner) return inner;
	switch (node.op) {
		case "add":
			return k === 0n ? a : undefined;
		case "sub":
			return binary(c, "add", a, c.const(node.type, -k));
		case "mul":
			return multiply(node, a, k, c);
		case "udiv":
		case "urem":
		case "sdiv":
		case "srem":
			return divide(node, a, k, c);
		case "and":
			return mask(node, a, k, c);
		case "or":
			return k === 0n ? a : k === -1n ? b : undefined;
		case "xor":
			return exclusive(a, k, c);
		default:
			return shift(node, a, k, c);
	}
}

/** (x op k1) op k2 → x op (k1 op k2) */
function associate(node: Binary, a: Node, k: bigint, c: Context): Node | undefined {
	if (!commutative.has(node.op) || a.op !== node.op) return undefined;
	const [x, k1] = [a.args[0], literal(a.args[1])];
	if (!x || k1 === undefined) return undefined;
	const sum = evaluateBinary(node.op, node.type, k1, k);
	return sum === k1 ? a : binary(c, node.op, x, c.const(node.type, sum));
}

/** swap(x) op k → swap(x op swap(k)): what follows is often another swap or a test for equality. */
function belowSwap(node: Binary, a: Node, k: bigint, c: Context): Node | undefined {
	if (a.op !== "bswap" || !c.single(a) || a.block !== node.block) return undefined;
	if (node.op !== "and" && node.op !== "or" && node.op !== "xor") return undefined;
	const [x] = a.args;
	const low = (1n << BigInt(a.bits)) - 1n;
	const whole = BigInt(a.bits) === BigInt(widthOf(node.type));
	if (!x || (node.op !== "and" && !whole && (unsigned(node.type, k) & ~low) !== 0n))
		return undefined;
	const turned = c.const(node.type, evaluateSwap(a.bits, node.type, k & low));
	const { bits, type } = a;
	return c.make({ op: "bswap", type, bits, args: [binary(c, node.op, x, turned)] });
}

function multiply(node: Binary, a: Node, k: bigint, c: Context): Node | undefined {
	if (k === 0n) return c.const(node.type, 0n);
	if (k === 1n) return a;
	if (k === -1n) return binary(c, "sub", c.const(node.type, 0n), a);
	const n = log2(unsigned(node.type, k));
	if (n !== undefined) return binary(c, "shl", a, c.const(node.type, n));
	return timesTruth(node, a, k, c);
}

/** A comparison's result times a number is one of two numbers. */
function timesTruth(node: Binary, a: Node, k: bigint, c: Context): Node | undefined {
	const test = a.op === "zext" ? a.args[0] : a;
	if (test?.op !== "icmp" || k > 0x7fffffffn || k < -0x80000000n) return undefined;
	const args = [test, c.const(node.type, k), c.const(node.type, 0)];
	return c.make({ op: "select", type: node.type, args });
}

function divide(node: Binary, a: Node, k: bigint, c: Context): Node | undefined {
	const isSigned = node.op === "sdiv" || node.op === "srem";
	const remainder = node.op === "urem" || node.op === "srem";
	if (k === 1n || k === 0n) return (k === 1n) === remainder ? c.const(node.type, 0n) : a;
	if (isSigned) {
		if (!c.known.nonNegative(a) || k < 0n) return undefined;
		return binary(c, remainder ? "urem" : "udiv", a, c.const(node.type, k));
	}
	const n = log2(unsigned(node.type, k));
	if (n === undefined)
		return c.known.max(a) < unsigned(node.type, k)
			? remainder
				? a
				: c.const(node.type, 0n)
			: undefined;
	if (remainder) return binary(c, "and", a, c.const(node.type, k - 1n));
	return binary(c, "lshr", a, c.const(node.type, n));
}

/** What conversions to narrower types mask with: they are not there for the verifier. */
const castLike: ReadonlySet<bigint> = new Set([0xffn, 0xffffn, 0xffffffffn]);

/** Whether the verifier forgets that a value has no bits but those of a mask: it does not follow quotients, remainders and
 *  counts, and of a truth in memory it knows the byte. */
function hidesBound(node: Node, m: bigint, c: Context, depth = 0): boolean {
	const again = (a: Node) => hidesBound(a, m, c, depth + 1);
	switch (node.op) {
		case "udiv":
		case "urem":
			return true;
		case "load":
			return node.truth === true && m < 0xffn;
		case "and": {
			const within = (a: Node) => (c.known.max(a) & ~m) === 0n;
			return depth < 3 && node.args.every((a) => !within(a) || again(a));
		}
		case "lshr":
			return node.args[1]?.op !== "const" || (depth < 3 && node.args.some(again));
		case "zext":
		case "trunc":
		case "add":
		case "mul":
		case "or":
		case "xor":
		case "shl":
			return depth < 3 && node.args.some(again);
		default:
			return false;
	}
}

function mask(node: Binary, a: Node, k: bigint, c: Context): Node | undefined {
	if (k === 0n) return c.const(node.type, 0n);
	if (k === -1n) return a;
	const m = unsigned(node.type, k);
	const bits = c.known.of(a);
	const all = widthOf(node.type) === 32 ? 0xffffffffn : 0xffffffffffffffffn;
	if ((m & ~(bits.zero | bits.one)) === 0n) return c.const(node.type, m & bits.one);
	if ((~m & all & ~bits.zero) === 0n && (castLike.has(m) || !hidesBound(a, m, c))) return a;
	if (node.type === "i64" && m === 0xffffffffn)
		return c.make({
			op: "zext",
			type: "i64",
			args: [c.make({ op: "trunc", type: "i32", args: [a] })],
		});
	const less = strip(a, m, c);
	if (less !== a && less.type === a.type) return binary(c, "and", less, c.const(node.type, k));
	// The copies of a sign that are cut off again.
	const [from] = a.args;
	if (a.op === "sext" && from?.type === "i32" && node.type === "i64" && m >> BigInt(a.bits) === 0n)
		return c.make({ op: "zext", type: "i64", args: [binary(c, "and", from, c.const("i32", m))] });
	// Bits that are known to be 0 need no mask: the smallest mask is the canonical one.
	const needed = m & ~bits.zero;
	if (needed !== m && needed <= 0x7fffffffn) return binary(c, "and", a, c.const(node.type, needed));
	return undefined;
}

function exclusive(a: Node, k: bigint, c: Context): Node | undefined {
	if (k === 0n) return a;
	if (k === 1n && a.op === "icmp" && c.single(a)) {
		const [x, y] = a.args;
		if (x && y) return compare(c, inverse[a.predicate], x, y);
	}
	return undefined;
}

function shift(node: Binary, a: Node, count: bigint, c: Context): Node | undefined {
	const width = BigInt(widthOf(node.type));
	const n = count & (width - 1n);
	if (n === 0n) return a;
	if (n !== count) return binary(c, node.op, a, c.const(node.type, n));
	if (node.op === "ashr" && c.known.nonNegative(a))
		return binary(c, "lshr", a, c.const(node.type, n));
	const all = (1n << width) - 1n;
	if (node.op === "shl") {
		const less = strip(a, all >> n, c);
		if (less !== a && less.type === a.type) return binary(c, "shl", less, c.const(node.type, n));
		const chosen = n < 31n ? timesTruth(node, a, 1n << n, c) : undefined;
		if (chosen) return chosen;
	}
	if (node.op === "lshr" && c.known.max(a) >> n === 0n) return c.const(node.type, 0n);
	const [x, m] = [a.args[0], literal(a.args[1])];
	if (!x || m === undefined || m >= width || m <= 0n) return undefined;
	if (a.op === node.op) return twice(node, x, m + n, width, c);
	if (node.op === "lshr" && a.op === "shl") return downUp(node, a, x, m, n, c);
	if (node.op === "ashr" && a.op === "shl" && m === n)
		return signExtension(node, x, Number(width - n), c);
	// What else uses it may be how the verifier knows its bounds.
	if (node.op === "shl" && a.op === "lshr" && m === n && c.single(a))
		return binary(c, "and", x, c.const(node.type, (all << n) & all));
	if (node.op === "lshr" && a.op === "and" && c.single(a)) {
		const low = binary(c, "lshr", x, c.const(node.type, n));
		return binary(c, "and", low, c.const(node.type, unsigned(node.type, m) >> n));
	}
	return undefined;
}

function twice(node: Binary, x: Node, sum: bigint, width: bigint, c: Context): Node {
	if (sum < width) return binary(c, node.op, x, c.const(node.type, sum));
	if (node.op === "ashr") return binary(c, "ashr", x, c.const(node.type, width - 1n));
	return c.const(node.type, 0n);
}

/** (x << m) >> n, unsigned. */
function downUp(
	node: Binary,
	a: Node,
	x: Node,
	m: bigint,
	n: bigint,
	c: Context,
): Node | undefined {
	const width = BigInt(widthOf(node.type));
	if (m === n) return binary(c, "and", x, c.const(node.type, ((1n << width) - 1n) >> n));
	if (!c.single(a)) return undefined;
	const keep = c.const(node.type, ((1n << (width - (m > n ? m : n))) - 1n) << (m > n ? m - n : 0n));
	const moved =
		m > n
			? binary(c, "shl", x, c.const(node.type, m - n))
			: binary(c, "lshr", x, c.const(node.type, n - m));
	return m > n || width === 64n ? undefined : binary(c, "and", moved, keep);
}

function signExtension(node: Binary, x: Node, bits: number, c: Context): Node | undefined {
	if (bits !== 8 && bits !== 16 && bits !== 32) return undefined;
	return c.make({ op: "sext", type: node.type, bits, args: [x] });
}

/** What nothing divided, shifted or left over is. */
const fromZero: ReadonlySet<string> = new Set([
	"udiv",
	"urem",
	"sdiv",
	"srem",
	"shl",
	"lshr",
	"ashr",
]);

function byForm(node: Binary, a: Node, b: Node, c: Context): Node | undefined {
	const zero = () => c.const(node.type, 0n);
	if (literal(a) === 0n && fromZero.has(node.op)) return zero();
	switch (node.op) {
		case "add":
			return addition(node, a, b, c);
		case "sub":
			if (a === b) return zero();
			return subtraction(node, a, b, c);
		case "and":
			if (a === b) return a;
			return c.known.max(a) & c.known.max(b) ? undefined : zero();
		case "or":
			if (a === b) return a;
			return swap16(node, a, b, c) ?? joinBits(node, a, b, c);
		case "xor":
			return a === b ? zero() : undefined;
		case "shl":
		case "lshr":
		case "ashr":
			return shiftCount(node, a, b, c);
		case "sdiv":
		case "srem":
			if (!c.known.nonNegative(a) || !c.known.nonNegative(b)) return undefined;
			return binary(c, node.op === "sdiv" ? "udiv" : "urem", a, b);
		default:
			return undefined;
	}
}

/** Shift counts are masked by the machine. */
function shiftCount(node: Binary, a: Node, b: Node, c: Context): Node | undefined {
	if (literal(a) === 0n) return a;
	const width = BigInt(widthOf(node.type));
	const less = strip(b, width - 1n, c);
	return less !== b && less.type === b.type ? binary(c, node.op, a, less) : undefined;
}

function addition(node: Binary, a: Node, b: Node, c: Context): Node | undefined {
	if (a === b) return binary(c, "shl", a, c.const(node.type, 1));
	for (const [x, y] of [
		[a, b],
		[b, a],
	] as const) {
		const [p, q] = x.args;
		if (x.op === "sub" && p && q) {
			if (q === y) return p;
			if (literal(p) === 0n) return binary(c, "sub", y, q);
		}
		const k = x.op === "add" && c.single(x) ? literal(q) : undefined;
		if (k !== undefined && p && q && y.op !== "const")
			return binary(c, "add", binary(c, "add", p, y), c.const(node.type, k));
	}
	return undefined;
}

function subtraction(node: Binary, a: Node, b: Node, c: Context): Node | undefined {
	const [x, k1] = a.op === "add" ? [a.args[0], literal(a.args[1])] : [a, 0n];
	const [y, k2] = b.op === "add" ? [b.args[0], literal(b.args[1])] : [b, 0n];
	if (a.op === "add" && (a.args[0] === b || a.args[1] === b))
		return a.args[0] === b ? a.args[1] : a.args[0];
	if (x && x === y && k1 !== undefined && k2 !== undefined) return c.const(node.type, k1 - k2);
	return pointerDistance(a, b, c);
}

/** The distance of two pointers with one base. */
function pointerDistance(a: Node, b: Node, c: Context): Node | undefined {
	if (a.op !== "ptrtoint" || b.op !== "ptrtoint") return undefined;
	const [p, q] = [a.args[0], b.args[0]];
	const [x, y] = [p && offsetOf(p, c), q && offsetOf(q, c)];
	return x && y && x.root === y.root ? binary(c, "sub", x.offset(), y.offset()) : undefined;
}

/** A pointer as bytes, known or not, from another value; both of few steps. */
export function offsetOf(
	pointer: Node,
	c: Context,
): { readonly root: Node; readonly offset: () => Node } {
	const steps: Node[] = [];
	let [root, bytes] = [pointer, 0n];
	while (root.op === "ptradd" && steps.length < 3) {
		const [base, by] = root.args;
		if (!base || !by) break;
		if (by.op === "const") bytes += by.value;
		else steps.push(by);
		root = base;
	}
	const offset = () =>
		steps.reduce<Node>((sum, by) => binary(c, "add", by, sum), c.const("i64", bytes));
	return { root, offset };
}

/** ((x & 255) << 8) | ((x >> 8) & 255) → bswap16 x */
function swap16(node: Binary, a: Node, b: Node, c: Context): Node | undefined {
	for (const [up, down] of [
		[a, b],
		[b, a],
	] as const) {
		const high = byteMoved(up, "shl", 0xff00n, c);
		const low = byteMoved(down, "lshr", 0xffn, c);
		if (high && high === low)
			return c.make({ op: "bswap", type: node.type, bits: 16, args: [high] });
	}
	return undefined;
}

/** x if the node moves a byte of x by 8, all bits outside of `field` being 0. */
function byteMoved(node: Node, op: "shl" | "lshr", field: bigint, c: Context): Node | undefined {
	if ((c.known.max(node) & ~field) !== 0n) return undefined;
	let at = node;
	if (at.op === "and" && literal(at.args[1]) === field && at.args[0]) at = at.args[0];
	if (at.op !== op || literal(at.args[1]) !== 8n) return undefined;
	const [x] = at.args;
	if (!x) return undefined;
	const m = x.op === "and" ? literal(x.args[1]) : undefined;
	return m !== undefined && (m & 0xffffn) === (op === "shl" ? 0xffn : 0xff00n) ? x.args[0] : x;
}

/** Pointer plus bytes. */
export function combinePointer(node: Instruction & { op: "ptradd" }, c: Context): Node | undefined {
	const [p, n] = node.args;
	if (!p || !n) return undefined;
	const k = literal(n);
	if (k === 0n) return p;
	if (k !== undefined && p.op === "const") return c.const("ptr", p.value + k);
	if (k !== undefined && p.op === "global") return undefined;
	const [base, m] = p.op === "ptradd" ? p.args : [];
	if (base && m?.op === "const") {
		if (k !== undefined)
			return c.make({ op: "ptradd", type: "ptr", args: [base, c.const("i64", m.value + k)] });
		if (c.single(p)) {
			const moved = c.make({ op: "ptradd", type: "ptr", args: [base, n] });
			return c.make({ op: "ptradd", type: "ptr", args: [moved, m] });
		}
	}
	const [x, off] = n.op === "add" && c.single(n) ? n.args : [];
	if (x && off?.op === "const") {
		const moved = c.make({ op: "ptradd", type: "ptr", args: [p, x] });
		return c.make({ op: "ptradd", type: "ptr", args: [moved, off] });
	}
	return undefined;
}
