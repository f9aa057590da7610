// The values of constant expressions, in the exact width of their types, and addresses that the linker knows. Knows nothing of
// messages.

import { canonical, qualifiersOf, sizeOf, underlying } from "./query.ts";
import type { CFunction, Expression, Variable } from "./tree.ts";
import type { CType } from "./type.ts";

/** A number, or an address: `base` plus `offset` bytes. */
export interface Constant {
	readonly base?: Variable | CFunction | Expression;
	readonly offset: bigint;
}

/** `value` as a type holds it: cut to its width, with its sign; bool is 0 or 1. */
export function wrap(value: bigint, type: CType): bigint {
	const core = canonical(type);
	if (core.kind === "bool") return value === 0n ? 0n : 1n;
	if (core.kind === "pointer") return BigInt.asUintN(64, value);
	const int = underlying(core);
	if (!int) return value;
	return int.signed ? BigInt.asIntN(int.size * 8, value) : BigInt.asUintN(int.size * 8, value);
}

const limit = 2000;

/** The value of an expression that needs no run time, or undefined. */
export function constantOf(e: Expression): Constant | undefined {
	return evaluate(e, 0);
}

/** The same; `const` variables count as their initialisers, as clang folds them. */
export function foldedOf(e: Expression): Constant | undefined {
	return e.kind === "number"
		? { offset: e.value }
		: (evaluate(e, 0) ?? evaluate(substituted(e, 0), 0));
}

/** Puts in what constant variables hold. */
function substituted(e: Expression, depth: number): Expression {
	if (depth > limit || e.varies) return e;
	switch (e.kind) {
		case "load":
			return valueIn(e) ?? e;
		case "cast":
		case "unary":
			return { ...e, operand: substituted(e.operand, depth + 1) };
		case "binary":
		case "logical":
			return { ...e, left: substituted(e.left, depth + 1), right: substituted(e.right, depth + 1) };
		case "conditional":
			return {
				...e,
				condition: substituted(e.condition, depth + 1),
				otherwise: substituted(e.otherwise, depth + 1),
				...(e.then ? { then: substituted(e.then, depth + 1) } : {}),
			};
		default:
			return e;
	}
}

/** What a constant variable was initialised with. */
function valueIn(e: Extract<Expression, { kind: "load" }>): Expression | undefined {
	if (e.operand.kind !== "variable") return undefined;
	const { type, init } = e.operand.variable;
	const q = qualifiersOf(type);
	if (!q.const || q.volatile || init?.entries.length !== 1) return undefined;
	return init.entries[0]?.value;
}

/** The number that an expression is, or undefined. */
export function numberOf(e: Expression): bigint | undefined {
	if (e.kind === "number") return e.value;
	const value = evaluate(e, 0);
	return value && value.base === undefined ? value.offset : undefined;
}

function evaluate(e: Expression, depth: number): Constant | undefined {
	if (depth > limit || e.varies) return undefined;
	switch (e.kind) {
		case "number":
			return { offset: e.value };
		case "decay":
		case "address":
			return place(e.operand, depth + 1);
		case "cast":
			return cast(e.operand, e.type, depth + 1);
		case "load":
			return element(e, depth + 1);
		case "unary": {
			const value = number(e.operand, depth + 1);
			return value === undefined ? undefined : { offset: foldUnary(e.op, value, e.type) };
		}
		case "offset": {
			const base = evaluate(e.pointer, depth + 1);
			const index = number(e.index, depth + 1);
			if (!base || index === undefined) return undefined;
			const bytes = index * stepOf(e.type);
			return move(base, e.op === "+" ? bytes : -bytes);
		}
		case "comma":
			return evaluate(e.left, depth + 1) && evaluate(e.right, depth + 1);
		case "conditional":
			return conditional(e, depth + 1);
		case "logical":
			return logical(e, depth + 1);
		case "difference":
			return difference(e, depth + 1);
		case "binary":
			return binary(e, depth + 1);
		case "builtin":
			if (e.name === "__builtin_constant_p") return { offset: 0n };
			if (e.name.startsWith("__builtin_expect") && e.args[0]) return evaluate(e.args[0], depth + 1);
			return undefined;
		default:
			return undefined;
	}
}

function number(e: Expression, depth: number): bigint | undefined {
	const value = evaluate(e, depth);
	return value && value.base === undefined ? value.offset : undefined;
}

/** Bytes that one step of a pointer type moves. */
function stepOf(pointer: CType): bigint {
	const core = canonical(pointer);
	return core.kind === "pointer" ? BigInt(sizeOf(core.to)) : 1n;
}

function move(at: Constant, bytes: bigint): Constant {
	if (at.base === undefined) return { offset: BigInt.asUintN(64, at.offset + bytes) };
	return { base: at.base, offset: BigInt.asIntN(64, at.offset + bytes) };
}

/** The address of an lvalue. */
function place(e: Expression, depth: number): Constant | undefined {
	if (depth > limit) return undefined;
	switch (e.kind) {
		case "variable":
			return { base: e.variable, offset: 0n };
		case "literal":
			return { base: e.variable, offset: 0n };
		case "function":
			return { base: e.function, offset: 0n };
		case "string":
			return { base: e, offset: 0n };
		case "dereference":
			return evaluate(e.operand, depth + 1);
		case "member": {
			const base = place(e.base, depth + 1);
			return base && move(base, BigInt(e.member.offset));
		}
		case "index": {
			const array = canonical(e.base.type).kind === "array";
			const base = array ? place(e.base, depth + 1) : evaluate(e.base, depth + 1);
			const index = number(e.index, depth + 1);
			if (!base || index === undefined) return undefined;
			return move(base, index * BigInt(sizeOf(e.type)));
		}
		default:
			return undefined;
	}
}

/** A character of a string literal. */
function element(e: Extract<Expression, { kind: "load" }>, depth: number): Constant | undefined {
	const at = place(e.operand, depth);
	const base = at?.base;
	if (!at || !base || !("kind" in base) || base.kind !== "string" || sizeOf(e.type) !== 1)
		return undefined;
	const byte = base.bytes[Number(at.offset)];
	return byte === undefined ? undefined : { offset: wrap(BigInt(byte), e.type) };
}

function cast(operand: Expression, type: CType, depth: number): Constant | undefined {
	const value = evaluate(operand, depth);
	if (!value) return undefined;
	const core = canonical(type);
	if (value.base === undefined) return { offset: wrap(value.offset, type) };
	if (core.kind === "pointer") return value;
	if (core.kind === "bool") return { offset: 1n };
	return core.kind === "int" && core.size >= 8 ? value : undefined;
}

function conditional(
	e: Extract<Expression, { kind: "conditional" }>,
	depth: number,
): Constant | undefined {
	const condition = evaluate(e.condition, depth);
	if (!condition) return undefined;
	const holds = condition.base !== undefined || condition.offset !== 0n;
	if (holds) return e.then ? evaluate(e.then, depth) : condition;
	return evaluate(e.otherwise, depth);
}

function logical(e: Extract<Expression, { kind: "logical" }>, depth: number): Constant | undefined {
	const left = evaluate(e.left, depth);
	if (!left) return undefined;
	const holds = left.base !== undefined || left.offset !== 0n;
	if (holds === (e.op === "||")) return { offset: holds ? 1n : 0n };
	const right = evaluate(e.right, depth);
	return right && { offset: right.base !== undefined || right.offset !== 0n ? 1n : 0n };
}

function difference(
	e: Extract<Expression, { kind: "difference" }>,
	depth: number,
): Constant | undefined {
	const left = evaluate(e.left, depth);
	const right = evaluate(e.right, depth);
	if (!left || !right || left.base !== right.base) return undefined;
	const step = stepOf(e.left.type);
	return step === 0n ? undefined : { offset: BigInt.asIntN(64, left.offset - right.offset) / step };
}

function binary(e: Extract<Expression, { kind: "binary" }>, depth: number): Constant | undefined {
	const left = evaluate(e.left, depth);
	const right = left && evaluate(e.right, depth);
	if (!left || !right) return undefined;
	if (left.base === undefined && right.base === undefined) {
		const value = foldBinary(e.op, left.offset, right.offset, e.left.type);
		return value === undefined ? undefined : { offset: value };
	}
	if (left.base === right.base) {
		const value = foldBinary(e.op, left.offset, right.offset, e.left.type);
		const compares = "== != < <= > >= -".split(" ").includes(e.op);
		return compares && value !== undefined ? { offset: value } : undefined;
	}
	if (left.base !== undefined && right.base !== undefined) return undefined;
	if (e.op === "+") return addNumber(left, right);
	if (e.op === "-" && left.base !== undefined) return move(left, -right.offset);
	const zero = left.base === undefined ? left.offset : right.offset;
	if (zero === 0n && e.op === "==") return { offset: 0n };
	return zero === 0n && e.op === "!=" ? { offset: 1n } : undefined;
}

function addNumber(left: Constant, right: Constant): Constant {
	return left.base !== undefined ? move(left, right.offset) : move(right, left.offset);
}

/** `op value` in a type's width. */
export function foldUnary(op: "-" | "~" | "!", value: bigint, type: CType): bigint {
	if (op === "!") return value === 0n ? 1n : 0n;
	return wrap(op === "-" ? -value : ~value, type);
}

/** `left op right`, both of type `type` (the left one's for shifts), wrapped; undefined for a division by zero. */
export function foldBinary(
	op: Extract<Expression, { kind: "binary" }>["op"],
	left: bigint,
	right: bigint,
	type: CType,
): bigint | undefined {
	const exact = exactBinary(op, left, right, sizeOf(type) * 8);
	if (exact === undefined || typeof exact === "boolean")
		return exact === undefined ? undefined : exact ? 1n : 0n;
	return wrap(exact, type);
}

/** The mathematical result; a truth value for comparisons. A shift by more than the width counts modulo the width. */
export function exactBinary(
	op: Extract<Expression, { kind: "binary" }>["op"],
	left: bigint,
	right: bigint,
	width: number,
): bigint | boolean | undefined {
	switch (op) {
		case "+":
			return left + right;
		case "-":
			return left - right;
		case "*":
			return left * right;
		case "/":
			return right === 0n ? undefined : left / right;
		case "%":
			return right === 0n ? undefined : left % right;
		case "&":
			return left & right;
		case "|":
			return left | right;
		case "^":
			return left ^ right;
		case "<<":
			return left << (right & BigInt(width - 1));
		case ">>":
			return left >> (right & BigInt(width - 1));
		case "==":
			return left === right;
		case "!=":
			return left !== right;
		case "<":
			return left < right;
		case "<=":
			return left <= right;
		case ">":
			return left > right;
		case ">=":
			return left >= right;
	}
}
