// Builtins that look at the bits of a number: byte swaps, counting, rotation. eBPF has the swaps; the rest is open code.

import type { Node } from "../../ssa/index.ts";
import type { Expression } from "../ast/tree.ts";
import type { Context } from "./context.ts";
import { toI64 } from "./convert.ts";
import { sizeOf } from "./types.ts";

type Builtin = Extract<Expression, { kind: "builtin" }>;

/** The value of a builtin of this kind, undefined for others. */
export function bitBuiltin(c: Context, name: string, e: Builtin): Node | undefined {
	const swap = /^bswap(16|32|64)$/.exec(name);
	const [arg] = e.args;
	if (!arg) return undefined;
	if (swap) {
		const bits = Number(swap[1]) as 16 | 32 | 64;
		const value = c.scalar(arg);
		c.at(e.at);
		if (bits === 64) return c.b.bswap(64, toI64(c, value, arg.type));
		return c.b.bswap(bits, value.type === "i64" ? c.b.trunc(value) : value);
	}
	const family = /^(clz|ctz|ffs|popcount|parity|clrsb)(l|ll|g)?$/.exec(name);
	if (family) {
		const width = 8 * Math.max(4, sizeOf(arg.type));
		const value = toI64(c, c.scalar(arg), arg.type);
		c.at(e.at);
		return counted(c, family[1] ?? "", width === 64 ? 64 : 32, value);
	}
	const rotate = /^rotate(left|right)(8|16|32|64)$/.exec(name);
	if (rotate && e.args[1]) {
		const by = c.scalar(e.args[1]);
		return rotated(c, Number(rotate[2]), c.scalar(arg), by, rotate[1] === "left");
	}
	const reverse = /^bitreverse(8|16|32|64)$/.exec(name);
	return reverse ? reversed(c, Number(reverse[1]), c.scalar(arg), arg) : undefined;
}

/** The number of ones among the low `width` bits of an i64 whose others are zero or copies of the sign. */
function population(c: Context, value: Node, width: 32 | 64): Node {
	const { b } = c;
	const mask = (m: bigint) => b.i64(width === 32 ? m & 0xffffffffn : m);
	const low = width === 32 ? b.binary("and", value, b.i64(0xffffffffn)) : value;
	const shr = (v: Node, n: number) => b.binary("lshr", v, b.i64(n));
	const ones = b.binary("sub", low, b.binary("and", shr(low, 1), mask(0x5555555555555555n)));
	const twos = mask(0x3333333333333333n);
	const pairs = b.binary("add", b.binary("and", ones, twos), b.binary("and", shr(ones, 2), twos));
	const nibbles = b.binary("and", b.binary("add", pairs, shr(pairs, 4)), mask(0x0f0f0f0f0f0f0f0fn));
	const sum = b.binary("mul", nibbles, mask(0x0101010101010101n));
	const counted = width === 32 ? b.binary("and", shr(sum, 24), b.i64(0xff)) : shr(sum, 56);
	return b.trunc(counted);
}

function counted(c: Context, what: string, width: 32 | 64, value: Node): Node {
	const { b } = c;
	switch (what) {
		case "popcount":
			return population(c, value, width);
		case "parity":
			return b.binary("and", population(c, value, width), b.i32(1));
		case "clz":
			return leading(c, value, width);
		case "clrsb": {
			const signed = width === 32 ? b.sext("i64", 32, value) : value;
			const bits = b.binary("xor", signed, b.binary("ashr", signed, b.i64(63)));
			return b.binary("sub", leading(c, bits, width), b.i32(1));
		}
		case "ctz":
			return trailing(c, value, width);
		default: {
			const none = b.icmp("eq", value, b.i64(0));
			return b.select(none, b.i32(0), b.binary("add", trailing(c, value, width), b.i32(1)));
		}
	}
}

function trailing(c: Context, value: Node, width: 32 | 64): Node {
	const { b } = c;
	const below = b.binary(
		"and",
		b.binary("xor", value, b.i64(-1)),
		b.binary("sub", value, b.i64(1)),
	);
	return population(c, below, width);
}

function leading(c: Context, value: Node, width: 32 | 64): Node {
	const { b } = c;
	let filled = width === 32 ? b.binary("and", value, b.i64(0xffffffffn)) : value;
	for (let n = 1; n < width; n *= 2)
		filled = b.binary("or", filled, b.binary("lshr", filled, b.i64(n)));
	return population(c, b.binary("xor", filled, b.i64(-1)), width);
}

function rotated(c: Context, width: number, value: Node, by: Node, left: boolean): Node {
	const { b } = c;
	const type = width === 64 ? "i64" : "i32";
	const same = (n: Node) => (n.type === type ? n : type === "i64" ? b.zext(n) : b.trunc(n));
	const count = b.binary("and", same(by), b.const(type, width - 1));
	const back = b.binary("and", b.binary("sub", b.const(type, 0), count), b.const(type, width - 1));
	const held = same(value);
	const bits = b.binary(
		"or",
		b.binary("shl", held, left ? count : back),
		b.binary("lshr", held, left ? back : count),
	);
	return width < 32 ? b.binary("and", bits, b.const(type, (1 << width) - 1)) : bits;
}

function reversed(c: Context, width: number, value: Node, arg: Expression): Node {
	const { b } = c;
	let bits = toI64(c, value, arg.type);
	const masks: readonly [number, bigint][] = [
		[1, 0x5555555555555555n],
		[2, 0x3333333333333333n],
		[4, 0x0f0f0f0f0f0f0f0fn],
	];
	for (const [n, mask] of masks) {
		const high = b.binary("and", b.binary("lshr", bits, b.i64(n)), b.i64(mask));
		const low = b.binary("shl", b.binary("and", bits, b.i64(mask)), b.i64(n));
		bits = b.binary("or", high, low);
	}
	bits = b.bswap(64, bits);
	if (width < 64) bits = b.binary("lshr", bits, b.i64(64 - width));
	return width === 64 ? bits : b.trunc(bits);
}
