// Known bits: which bits of a value are surely 0 or 1. Takes a value and what it is made of, gives two masks; changes nothing.

import { evaluateSwap, unsigned, widthOf } from "./evaluate.ts";
import { counterMax } from "./induction.ts";
import type { Node } from "./ir.ts";

/** Bits known to be 0 and known to be 1, as unsigned numbers of the value's width. */
export interface Bits {
	readonly zero: bigint;
	readonly one: bigint;
}

const depthLimit = 8;

function maskOf(node: Node): bigint {
	return widthOf(node.type) === 32 ? 0xffffffffn : 0xffffffffffffffffn;
}

/** Answers for one walk over a function: what it remembers holds as long as the function is not changed to mean something else. */
export class KnownBits {
	private readonly memory = new Map<Node, Bits>();
	/** How often something was forgotten: what is made of a changed value has to be forgotten too. */
	changes = 0;

	of(node: Node, depth = 0): Bits {
		if (node.op === "const") {
			const one = unsigned(node.type, node.value);
			return { one, zero: one ^ maskOf(node) };
		}
		const found = this.memory.get(node);
		if (found) return found;
		if (depth > depthLimit) return { zero: 0n, one: 0n };
		const bits = this.compute(node, depth + 1);
		if (depth === 0) this.memory.set(node, bits);
		return bits;
	}

	/** For a value that was changed in place. */
	forget(node: Node): void {
		this.changes++;
		this.memory.delete(node);
	}

	/** The largest value it can have, unsigned. */
	max(node: Node): bigint {
		return this.of(node).zero ^ maskOf(node);
	}

	/** The smallest value it can have, unsigned. */
	min(node: Node): bigint {
		const least = this.of(node).one;
		const [a, b] = node.args;
		if (node.op !== "add" || !a || b?.op !== "const") return least;
		// What does not wrap around is at least what is added.
		const k = unsigned(node.type, b.value);
		if (this.max(a) + k > maskOf(node)) return least;
		const sum = this.of(a).one + k;
		if (sum <= least) return least;
		return sum;
	}

	/** Whether the sign bit is surely 0. */
	nonNegative(node: Node): boolean {
		const sign = 1n << BigInt(widthOf(node.type) - 1);
		return (this.of(node).zero & sign) !== 0n;
	}

	private compute(node: Node, depth: number): Bits {
		const none = { zero: 0n, one: 0n };
		const mask = maskOf(node);
		const arg = (i: number) => {
			const a = node.args[i];
			return a ? this.of(a, depth) : none;
		};
		switch (node.op) {
			case "icmp":
			case "isconst":
				return { zero: mask ^ 1n, one: 0n };
			case "zext": {
				const a = arg(0);
				return { zero: a.zero | 0xffffffff00000000n, one: a.one };
			}
			case "trunc": {
				const a = arg(0);
				return { zero: a.zero & mask, one: a.one & mask };
			}
			case "sext":
				return extended(arg(0), node.bits, mask);
			case "load":
			case "loadacquire": {
				if (node.op === "load" && node.signed) return none;
				if (node.op === "load" && node.truth) return { zero: mask & ~1n, one: 0n };
				return { zero: mask & ~((1n << BigInt(node.size * 8)) - 1n), one: 0n };
			}
			case "bswap": {
				const a = arg(0);
				const low = (1n << BigInt(node.bits)) - 1n;
				const swap = (x: bigint) => unsigned("i64", evaluateSwap(node.bits, "i64", x & low));
				return { zero: swap(a.zero) | (mask & ~low), one: swap(a.one) };
			}
			case "select":
				return both(arg(1), arg(2));
			case "phi":
				return this.phi(node, depth);
			case "inttoptr":
			case "ptrtoint":
				return arg(0);
			case "ptradd":
				return carried("add", arg(0), arg(1), mask);
			case "and":
			case "or":
			case "xor":
			case "add":
			case "sub":
			case "mul":
			case "udiv":
			case "urem":
			case "shl":
			case "lshr":
			case "ashr":
				return binary(node, arg(0), arg(1), mask);
			default:
				return none;
		}
	}

	private phi(node: Node & { op: "phi" }, depth: number): Bits {
		if (node.args.length > 8 && node.args.filter((a) => a.op !== "const").length > 8)
			return { zero: 0n, one: 0n };
		let all: Bits | undefined;
		for (const arg of node.args) {
			if (arg === node) continue;
			const bits = this.of(arg, Math.max(depth, depthLimit - 2));
			all = all ? both(all, bits) : bits;
			if (all.zero === 0n && all.one === 0n) break;
		}
		if (all && (all.zero !== 0n || all.one !== 0n)) return all;
		const max = depth <= 2 ? counterMax(node) : undefined;
		return { zero: max === undefined ? 0n : highZeroes(max, maskOf(node)), one: 0n };
	}
}

function both(a: Bits, b: Bits): Bits {
	return { zero: a.zero & b.zero, one: a.one & b.one };
}

function extended(a: Bits, bits: number, mask: bigint): Bits {
	const low = (1n << BigInt(bits)) - 1n;
	const sign = 1n << BigInt(bits - 1);
	const high = mask & ~low;
	return {
		zero: (a.zero & low) | (a.zero & sign ? high : 0n),
		one: (a.one & low) | (a.one & sign ? high : 0n),
	};
}

function bitLength(value: bigint): bigint {
	return value === 0n ? 0n : BigInt(value.toString(2).length);
}

function trailing(zero: bigint): number {
	let n = 0;
	while (n < 64 && (zero >> BigInt(n)) & 1n) n++;
	return n;
}

function binary(node: Node, a: Bits, b: Bits, mask: bigint): Bits {
	const count = node.args[1];
	switch (node.op) {
		case "and":
			return { zero: a.zero | b.zero, one: a.one & b.one };
		case "or":
			return { zero: a.zero & b.zero, one: a.one | b.one };
		case "xor":
			return {
				zero: (a.zero & b.zero) | (a.one & b.one),
				one: (a.zero & b.one) | (a.one & b.zero),
			};
		case "shl":
		case "lshr":
		case "ashr":
			if (count?.op === "const") return shifted(node, a, count.value, mask);
			return node.op === "lshr"
				? { zero: highZeroes(mask ^ a.zero, mask), one: 0n }
				: { zero: 0n, one: 0n };
		case "udiv":
			return udiv(node, a, mask);
		case "urem":
			return urem(node, a, mask);
		default:
			return carried(node.op, a, b, mask);
	}
}

function highZeroes(max: bigint, mask: bigint): bigint {
	return mask & ~((1n << bitLength(max)) - 1n);
}

function udiv(node: Node, a: Bits, mask: bigint): Bits {
	const divisor = node.args[1];
	const by = divisor?.op === "const" ? unsigned(divisor.type, divisor.value) : 1n;
	return { zero: highZeroes((mask ^ a.zero) / (by || 1n), mask), one: 0n };
}

function urem(node: Node, a: Bits, mask: bigint): Bits {
	const divisor = node.args[1];
	const max = mask ^ a.zero;
	if (divisor?.op !== "const" || divisor.value <= 0n)
		return { zero: highZeroes(max, mask), one: 0n };
	const limit = divisor.value - 1n;
	return { zero: highZeroes(max < limit ? max : limit, mask), one: 0n };
}

/** add, sub, mul: low bits that are 0 in both, high bits that no carry reaches. */
function carried(op: string, a: Bits, b: Bits, mask: bigint): Bits {
	if ((a.zero | a.one) === mask && (b.zero | b.one) === mask) {
		const value =
			mask & (op === "add" ? a.one + b.one : op === "sub" ? a.one - b.one : a.one * b.one);
		return { one: value, zero: mask ^ value };
	}
	// Without a bit in common nothing is carried.
	if (op === "add" && (a.zero | b.zero) === mask)
		return { zero: a.zero & b.zero, one: a.one | b.one };
	const [x, y] = [trailing(a.zero), trailing(b.zero)];
	const low = BigInt(op === "mul" ? x + y : Math.min(x, y));
	let zero = mask & ((1n << low) - 1n);
	const [maxA, maxB] = [mask ^ a.zero, mask ^ b.zero];
	if (op === "add" && maxA + maxB <= mask) zero |= highZeroes(maxA + maxB, mask);
	if (op === "mul" && maxA * maxB <= mask) zero |= highZeroes(maxA * maxB, mask);
	if (op === "sub" && a.one >= maxB) zero |= highZeroes(maxA, mask);
	return { zero, one: 0n };
}

function shifted(node: Node, a: Bits, by: bigint, mask: bigint): Bits {
	const width = BigInt(widthOf(node.type));
	const n = by & (width - 1n);
	if (node.op === "shl")
		return { zero: ((a.zero << n) | ((1n << n) - 1n)) & mask, one: (a.one << n) & mask };
	const high = mask & ~(mask >> n);
	if (node.op === "lshr") return { zero: (a.zero >> n) | high, one: a.one >> n };
	const sign = 1n << (width - 1n);
	return {
		zero: (a.zero >> n) | (a.zero & sign ? high : 0n),
		one: (a.one >> n) | (a.one & sign ? high : 0n),
	};
}
