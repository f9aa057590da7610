// What operations give for known arguments, by BigInt: the one place where arithmetic is defined, for folding and for the interpreter.
// Values are signed numbers of their type's width, as in `const` nodes.

import { unreachable } from "../base/index.ts";
import { wrap } from "./build.ts";
import type { AtomicOp, BinaryOp, Predicate, Type } from "./ir.ts";

/** The width of a type in bits. */
export function widthOf(type: Type | undefined): 32 | 64 {
	return type === "i32" ? 32 : 64;
}

/** The same bits as an unsigned number. */
export function unsigned(type: Type | undefined, value: bigint): bigint {
	return BigInt.asUintN(widthOf(type), value);
}

/** RFC 9669 section 4.1: x / 0 is 0, x % 0 is x, the smallest number / -1 is itself; shift counts are masked. */
export function evaluateBinary(op: BinaryOp, type: Type, a: bigint, b: bigint): bigint {
	const [x, y] = [unsigned(type, a), unsigned(type, b)];
	const count = y & BigInt(widthOf(type) - 1);
	switch (op) {
		case "add":
			return wrap(type, a + b);
		case "sub":
			return wrap(type, a - b);
		case "mul":
			return wrap(type, a * b);
		case "udiv":
			return y === 0n ? 0n : wrap(type, x / y);
		case "sdiv":
			return b === 0n ? 0n : wrap(type, a / b);
		case "urem":
			return y === 0n ? a : wrap(type, x % y);
		case "srem":
			return b === 0n ? a : wrap(type, a % b);
		case "and":
			return a & b;
		case "or":
			return a | b;
		case "xor":
			return a ^ b;
		case "shl":
			return wrap(type, x << count);
		case "lshr":
			return wrap(type, x >> count);
		case "ashr":
			return a >> count;
		default:
			return unreachable(op);
	}
}

/** Whether `a predicate b` holds. */
export function evaluateCompare(predicate: Predicate, type: Type, a: bigint, b: bigint): boolean {
	const [x, y] = predicate.startsWith("u") ? [unsigned(type, a), unsigned(type, b)] : [a, b];
	switch (predicate) {
		case "eq":
			return x === y;
		case "ne":
			return x !== y;
		case "ult":
		case "slt":
			return x < y;
		case "ule":
		case "sle":
			return x <= y;
		case "ugt":
		case "sgt":
			return x > y;
		case "uge":
		case "sge":
			return x >= y;
		default:
			return unreachable(predicate);
	}
}

/** Reverses the low `bits / 8` bytes. */
export function evaluateSwap(bits: number, type: Type, value: bigint): bigint {
	let rest = BigInt.asUintN(bits, value);
	let out = 0n;
	for (let i = 0; i < bits; i += 8) {
		out = (out << 8n) | (rest & 255n);
		rest >>= 8n;
	}
	return wrap(type, out);
}

/** What an atomic operation leaves in memory; `expected` for cmpxchg alone. */
export function evaluateAtomic(
	action: AtomicOp,
	old: bigint,
	operand: bigint,
	expected: bigint | undefined,
): bigint {
	switch (action) {
		case "add":
			return old + operand;
		case "and":
			return old & operand;
		case "or":
			return old | operand;
		case "xor":
			return old ^ operand;
		case "xchg":
			return operand;
		case "cmpxchg":
			return old === expected ? operand : old;
		default:
			return unreachable(action);
	}
}
