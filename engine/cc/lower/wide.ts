// Integers of 128 bits as two values of 64: division only where it needs no library.

import type { Node, Predicate } from "../../ssa/index.ts";
import type { BinaryOp, Expression } from "../ast/tree.ts";
import type { CType } from "../ast/type.ts";
import { callWide } from "./call.ts";
import type { Context, Wide } from "./context.ts";
import { loadWide, storeWide, toWide } from "./convert.ts";
import { statementValue } from "./inner.ts";
import { isSigned, valueClass } from "./types.ts";

/** The value of an expression of type `__int128`. */
export function wide(c: Context, e: Expression): Wide {
	switch (e.kind) {
		case "number":
			return { lo: c.b.i64(e.value), hi: c.b.i64(e.value >> 64n) };
		case "load":
			return loadWide(c, c.ops.place(c, e.operand));
		case "cast": {
			if (valueClass(e.operand.type) === "wide") return wide(c, e.operand);
			return toWide(c, c.scalar(e.operand), e.operand.type);
		}
		case "unary": {
			const v = wide(c, e.operand);
			const zero = c.b.i64(0);
			if (e.op === "-") return subtract(c, { lo: zero, hi: zero }, v);
			const ones = c.b.i64(-1);
			return { lo: c.b.binary("xor", v.lo, ones), hi: c.b.binary("xor", v.hi, ones) };
		}
		case "binary":
			return row(c, e);
		case "conditional":
			return conditional(c, e);
		case "comma":
			c.ops.effect(c, e.left);
			return wide(c, e.right);
		case "assign": {
			const value = wide(c, e.value);
			storeWide(c, c.ops.place(c, e.target), value);
			return value;
		}
		case "compound": {
			const value = wideOperand(c, e.value);
			const place = c.ops.place(c, e.target);
			const result = wideArithmetic(c, e.op, loadWide(c, place), value, e.common, e);
			storeWide(c, place, result);
			return result;
		}
		case "increment": {
			const place = c.ops.place(c, e.target);
			const old = loadWide(c, place);
			const one = { lo: c.b.i64(e.op === "++" ? 1 : -1), hi: c.b.i64(e.op === "++" ? 0 : -1) };
			const made = add(c, old, one);
			storeWide(c, place, made);
			return e.prefix ? made : old;
		}
		case "call":
			return callWide(c, e);
		case "statements": {
			const none = { lo: c.b.undef("i64"), hi: c.b.undef("i64") };
			return statementValue(c, e, (value) => wide(c, value)) ?? none;
		}
		default:
			c.unsupported("this operation on __int128", e.at);
			return { lo: c.b.undef("i64"), hi: c.b.undef("i64") };
	}
}

/** Operators on what operators left of them give, from the inside out. */
function row(c: Context, e: Extract<Expression, { kind: "binary" }>): Wide {
	const operators: (typeof e)[] = [];
	let at: Expression = e;
	for (; at.kind === "binary"; at = at.left) operators.push(at);
	let value = wide(c, at);
	for (const next of operators.reverse())
		value = wideArithmetic(c, next.op, value, wideOperand(c, next.right), next.type, next);
	return value;
}

export function wideOperand(c: Context, e: Expression): Wide {
	if (valueClass(e.type) === "wide") return wide(c, e);
	return toWide(c, c.scalar(e), e.type);
}

function add(c: Context, a: Wide, b: Wide): Wide {
	const lo = c.b.binary("add", a.lo, b.lo);
	const carry = c.b.zext(c.b.icmp("ult", lo, a.lo));
	return { lo, hi: c.b.binary("add", c.b.binary("add", a.hi, b.hi), carry) };
}

function subtract(c: Context, a: Wide, b: Wide): Wide {
	const borrow = c.b.zext(c.b.icmp("ult", a.lo, b.lo));
	const lo = c.b.binary("sub", a.lo, b.lo);
	return { lo, hi: c.b.binary("sub", c.b.binary("sub", a.hi, b.hi), borrow) };
}

/** The whole product of two values of 64 bits without sign. */
export function product(c: Context, a: Node, b: Node): Wide {
	const low = (v: Node) => c.b.binary("and", v, c.b.i64(0xffffffff));
	const high = (v: Node) => c.b.binary("lshr", v, c.b.i64(32));
	const ll = c.b.binary("mul", low(a), low(b));
	const lh = c.b.binary("mul", low(a), high(b));
	const hl = c.b.binary("mul", high(a), low(b));
	const hh = c.b.binary("mul", high(a), high(b));
	const middle = c.b.binary("add", c.b.binary("add", high(ll), low(lh)), low(hl));
	const hi = c.b.binary("add", c.b.binary("add", hh, high(lh)), high(hl));
	return { lo: c.b.binary("mul", a, b), hi: c.b.binary("add", hi, high(middle)) };
}

function multiply(c: Context, a: Wide, b: Wide): Wide {
	const { lo, hi } = product(c, a.lo, b.lo);
	const cross = c.b.binary("add", c.b.binary("mul", a.lo, b.hi), c.b.binary("mul", a.hi, b.lo));
	return { lo, hi: c.b.binary("add", hi, cross) };
}

export function wideArithmetic(
	c: Context,
	op: BinaryOp,
	a: Wide,
	b: Wide,
	type: CType,
	e: Expression,
): Wide {
	const both = (each: "and" | "or" | "xor") => ({
		lo: c.b.binary(each, a.lo, b.lo),
		hi: c.b.binary(each, a.hi, b.hi),
	});
	switch (op) {
		case "+":
			return add(c, a, b);
		case "-":
			return subtract(c, a, b);
		case "*":
			return multiply(c, a, b);
		case "&":
			return both("and");
		case "|":
			return both("or");
		case "^":
			return both("xor");
		case "<<":
			return shift(c, "shl", a, b.lo);
		case ">>":
			return shift(c, isSigned(type) ? "ashr" : "lshr", a, b.lo);
		default:
			return divide(c, op, a, b, type, e);
	}
}

/** Division that takes no library: by powers of two, and of values that fit in 64 bits. */
function divide(c: Context, op: BinaryOp, a: Wide, b: Wide, type: CType, e: Expression): Wide {
	const rest = op === "%";
	const signed = isSigned(type);
	const right = e.kind === "binary" ? e.right : e.kind === "compound" ? e.value : e;
	const by = right.kind === "number" ? right.value : 0n;
	const power = by > 0n && (by & (by - 1n)) === 0n;
	const zero = c.b.i64(0);
	if (power && by === 1n) return rest ? { lo: zero, hi: zero } : a;
	if (power && by < 1n << 63n) {
		const bits = c.b.i64(by.toString(2).length - 1);
		const low = c.b.i64(by - 1n);
		const sign = signed ? c.b.binary("ashr", a.hi, c.b.i64(63)) : zero;
		const whole = signed ? add(c, a, { lo: c.b.binary("and", sign, low), hi: zero }) : a;
		if (!rest) return shift(c, signed ? "ashr" : "lshr", whole, bits);
		const kept = { lo: c.b.binary("and", whole.lo, c.b.i64(-by)), hi: whole.hi };
		return subtract(c, a, kept);
	}
	const left = e.kind === "binary" ? e.left : undefined;
	if (!signed && left && isNarrow(left) && isNarrow(right))
		return { lo: c.b.binary(rest ? "urem" : "udiv", a.lo, b.lo), hi: zero };
	const name = `__${signed ? "" : "u"}${rest ? "mod" : "div"}ti3`;
	const text = `A call to built-in function '${name}' is not supported.`;
	c.symbols.error("cc/library-call", text, e.kind === "binary" ? (e.opAt ?? e.at) : e.at);
	return a;
}

/** Whether the upper half of a value is zero by its type. */
function isNarrow(e: Expression): boolean {
	if (e.kind === "number") return e.value >= 0n && e.value < 1n << 64n;
	if (e.kind !== "cast") return false;
	return valueClass(e.operand.type) === "wide" ? isNarrow(e.operand) : !isSigned(e.operand.type);
}

/** Halves of a value moved by 0 to 127 bits. */
function shift(c: Context, op: "shl" | "lshr" | "ashr", a: Wide, by: Node): Wide {
	const left = op === "shl";
	const [from, to] = left ? [a.lo, a.hi] : [a.hi, a.lo];
	const sign = op === "ashr" ? c.b.binary("ashr", a.hi, c.b.i64(63)) : c.b.i64(0);
	const back = left ? "lshr" : "shl";
	// Bits that go over from one half to the other; in two steps, so that a count of 0 moves none.
	const rest = c.b.binary("xor", c.b.binary("and", by, c.b.i64(63)), c.b.i64(63));
	const over = c.b.binary(back, c.b.binary(back, from, c.b.i64(1)), rest);
	const smallTo = c.b.binary("or", c.b.binary(left ? "shl" : "lshr", to, by), over);
	const moved = c.b.binary(op, from, by);
	const large = c.b.icmp("ne", c.b.binary("and", by, c.b.i64(64)), c.b.i64(0));
	const newTo = c.b.select(large, moved, smallTo);
	const newFrom = c.b.select(large, sign, moved);
	return left ? { lo: newFrom, hi: newTo } : { lo: newTo, hi: newFrom };
}

export function wideTruth(c: Context, v: Wide): Node {
	return c.b.icmp("ne", c.b.binary("or", v.lo, v.hi), c.b.i64(0));
}

export function wideCompare(c: Context, predicate: Predicate, a: Wide, b: Wide): Node {
	if (predicate === "eq" || predicate === "ne") {
		const lo = c.b.binary("xor", a.lo, b.lo);
		const hi = c.b.binary("xor", a.hi, b.hi);
		return c.b.icmp(predicate, c.b.binary("or", lo, hi), c.b.i64(0));
	}
	const low = `u${predicate.slice(1)}` as Predicate;
	const equal = c.b.icmp("eq", a.hi, b.hi);
	return c.b.select(equal, c.b.icmp(low, a.lo, b.lo), c.b.icmp(predicate, a.hi, b.hi));
}

function conditional(c: Context, e: Extract<Expression, { kind: "conditional" }>): Wide {
	const to = c.temporary(16, 8);
	const yes = c.b.newBlock();
	const no = c.b.newBlock();
	const end = c.b.newBlock();
	const place = { pointer: to, type: e.type, volatile: false, align: 8 };
	const { then = e.condition } = e;
	c.ops.branch(c, e.condition, yes, no);
	for (const [block, value] of [[yes, then] as const, [no, e.otherwise] as const]) {
		c.b.at(block);
		storeWide(c, place, wideOperand(c, value));
		c.b.br(end);
	}
	c.b.at(end);
	return loadWide(c, place);
}
