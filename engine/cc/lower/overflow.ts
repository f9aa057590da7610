// `__builtin_add_overflow` and kin: the result is stored, the value says whether it did not fit.

import type { Node } from "../../ssa/index.ts";
import type { Expression } from "../ast/tree.ts";
import type { CType } from "../ast/type.ts";
import type { Context } from "./context.ts";
import { convert, storeScalar, toI64 } from "./convert.ts";
import { alignOf, isSigned, pointee, sizeOf } from "./types.ts";
import { product } from "./wide.ts";

type Builtin = Extract<Expression, { kind: "builtin" }>;

const names = /^([su]?)(add|sub|mul)(l|ll)?_overflow$/;

/** Whether the exact result does not fit; undefined for other builtins. */
export function overflowBuiltin(c: Context, name: string, e: Builtin): Node | undefined {
	const match = names.exec(name);
	const [left, right, to] = e.args;
	if (!match || !left || !right || !to) return undefined;
	const type = pointee(to.type);
	if ([left, right].some((x) => sizeOf(x.type) > 8) || sizeOf(type) > 8) {
		c.unsupported(`${e.name} of __int128`, e.at);
		return c.b.i32(0);
	}
	const a = toI64(c, c.scalar(left), left.type);
	const b = toI64(c, c.scalar(right), right.type);
	const pointer = c.scalar(to);
	c.at(e.at);
	const op = match[2] as "add" | "sub" | "mul";
	const small = [left, right].every((x) => sizeOf(x.type) < 8) && sizeOf(type) < 8;
	const { value, over } = small
		? narrow(c, op, a, b, type)
		: full(c, op, a, b, left.type, right.type, type);
	const stored = convert(
		c,
		value,
		{ kind: "int", name: "long", size: 8, signed: true, rank: 4 },
		type,
	);
	storeScalar(c, { pointer, type, volatile: false, align: alignOf(type) }, stored);
	return over;
}

interface Result {
	/** i64 */
	readonly value: Node;
	readonly over: Node;
}

/** Operands of up to 32 bits: 64 bits hold every exact result (a product of two unsigned ones as an unsigned number). */
function narrow(c: Context, op: "add" | "sub" | "mul", a: Node, b: Node, type: CType): Result {
	const value = c.b.binary(op, a, b);
	const bits = 8 * sizeOf(type);
	if (isSigned(type)) return { value, over: c.b.icmp("ne", cut(c, value, type), value) };
	const over = c.b.icmp("ne", c.b.binary("lshr", value, c.b.i64(bits)), c.b.i64(0));
	return { value, over };
}

/** The lower bits of an i64 as the type holds them, extended again. */
function cut(c: Context, value: Node, type: CType): Node {
	const up = c.b.i64(64 - 8 * sizeOf(type));
	return c.b.binary(isSigned(type) ? "ashr" : "lshr", c.b.binary("shl", value, up), up);
}

function full(
	c: Context,
	op: "add" | "sub" | "mul",
	a: Node,
	b: Node,
	left: CType,
	right: CType,
	type: CType,
): Result {
	const signed = isSigned(left) || isSigned(right);
	const large = [left, right].some((x) => !isSigned(x) && sizeOf(x) === 8);
	if (sizeOf(type) < 8 || signed !== isSigned(type) || (signed && large))
		return mixed(c, op, a, b, left, right, type);
	return signed ? signedFull(c, op, a, b) : unsignedFull(c, op, a, b);
}

function unsignedFull(c: Context, op: "add" | "sub" | "mul", a: Node, b: Node): Result {
	if (op === "mul") {
		const { lo, hi } = product(c, a, b);
		return { value: lo, over: c.b.icmp("ne", hi, c.b.i64(0)) };
	}
	const value = c.b.binary(op, a, b);
	return { value, over: op === "add" ? c.b.icmp("ult", value, a) : c.b.icmp("ult", a, b) };
}

function signedFull(c: Context, op: "add" | "sub" | "mul", a: Node, b: Node): Result {
	const { lo, hi } = exact(c, op, a, b, true, true);
	return { value: lo, over: c.b.icmp("ne", hi, c.b.binary("ashr", lo, c.b.i64(63))) };
}

/** The exact result in 128 bits, two's complement (a product of two large unsigned numbers as an unsigned one). */
function exact(
	c: Context,
	op: "add" | "sub" | "mul",
	a: Node,
	b: Node,
	aSigned: boolean,
	bSigned: boolean,
): { lo: Node; hi: Node } {
	const sign = (v: Node, is: boolean) => (is ? c.b.binary("ashr", v, c.b.i64(63)) : c.b.i64(0));
	const [ah, bh] = [sign(a, aSigned), sign(b, bSigned)];
	if (op === "mul") {
		const { lo, hi } = product(c, a, b);
		const cross = c.b.binary("add", c.b.binary("mul", ah, b), c.b.binary("mul", bh, a));
		return { lo, hi: c.b.binary("add", hi, cross) };
	}
	const lo = c.b.binary(op, a, b);
	const carry = c.b.zext(op === "add" ? c.b.icmp("ult", lo, a) : c.b.icmp("ult", a, b));
	return { lo, hi: c.b.binary(op, c.b.binary(op, ah, bh), carry) };
}

function mixed(
	c: Context,
	op: "add" | "sub" | "mul",
	a: Node,
	b: Node,
	left: CType,
	right: CType,
	type: CType,
): Result {
	const { lo, hi } = exact(c, op, a, b, isSigned(left), isSigned(right));
	const back = sizeOf(type) < 8 ? cut(c, lo, type) : lo;
	const high = isSigned(type) ? c.b.binary("ashr", back, c.b.i64(63)) : c.b.i64(0);
	const wrong = c.b.binary("or", c.b.binary("xor", back, lo), c.b.binary("xor", high, hi));
	return { value: lo, over: c.b.icmp("ne", wrong, c.b.i64(0)) };
}
