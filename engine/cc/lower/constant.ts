// Constant expressions of initialisers: numbers and addresses of symbols plus numbers. What is not constant gives undefined.

import { foldBinary, foldUnary } from "../ast/constant.ts";
import type { Expression, Initializer } from "../ast/tree.ts";
import type { CType, Member } from "../ast/type.ts";
import { fixedNumber, type Symbols } from "./symbols.ts";
import { canonical, isSigned, sizeOf, stride, wrapTo } from "./types.ts";

/** A number, or the address of a symbol plus a number. */
export interface Constant {
	readonly symbol?: string;
	readonly value: bigint;
}

/** The value of an expression without effects, if it is known now. */
export function evaluate(symbols: Symbols, e: Expression): Constant | undefined {
	switch (e.kind) {
		case "number":
			return { value: e.value };
		case "cast":
			return castOf(symbols, e.operand, e.type);
		case "unary": {
			const v = evaluate(symbols, e.operand);
			if (!v || v.symbol !== undefined) return undefined;
			return { value: foldUnary(e.op, v.value, e.type) };
		}
		case "binary":
			return binary(symbols, e);
		case "logical":
			return logical(symbols, e);
		case "conditional": {
			const c = evaluate(symbols, e.condition);
			if (!c) return undefined;
			const holds = c.symbol !== undefined || c.value !== 0n;
			if (!holds) return evaluate(symbols, e.otherwise);
			return e.then ? evaluate(symbols, e.then) : c;
		}
		case "offset":
			return offset(symbols, e);
		case "difference": {
			const left = evaluate(symbols, e.left);
			const right = evaluate(symbols, e.right);
			const size = BigInt(stride(e.left.type) || 1);
			if (!left || !right || left.symbol !== right.symbol) return undefined;
			return { value: (left.value - right.value) / size };
		}
		case "address":
		case "decay":
			return addressOf(symbols, e.operand);
		case "function":
			return { symbol: symbols.function(e.function), value: 0n };
		case "load":
			return loaded(symbols, e.operand);
		default:
			return undefined;
	}
}

function loaded(symbols: Symbols, e: Expression): Constant | undefined {
	if (e.kind !== "variable") return undefined;
	const init = fixedNumber(e.variable);
	return init ? evaluate(symbols, init) : undefined;
}

function castOf(symbols: Symbols, operand: Expression, type: CType): Constant | undefined {
	const v = evaluate(symbols, operand);
	const to = canonical(type).kind;
	if (!v || to === "void" || to === "record" || to === "float") return undefined;
	if (v.symbol !== undefined) return sizeOf(type) === 8 ? v : undefined;
	return { value: to === "pointer" ? BigInt.asUintN(64, v.value) : wrapTo(type, v.value) };
}

function offset(
	symbols: Symbols,
	e: Extract<Expression, { kind: "offset" }>,
): Constant | undefined {
	const pointer = evaluate(symbols, e.pointer);
	const index = evaluate(symbols, e.index);
	if (!pointer || !index || index.symbol !== undefined) return undefined;
	const bytes = index.value * BigInt(stride(e.pointer.type));
	return { ...pointer, value: pointer.value + (e.op === "+" ? bytes : -bytes) };
}

function logical(
	symbols: Symbols,
	e: Extract<Expression, { kind: "logical" }>,
): Constant | undefined {
	const left = evaluate(symbols, e.left);
	if (!left) return undefined;
	const holds = left.symbol !== undefined || left.value !== 0n;
	if (holds === (e.op === "||")) return { value: holds ? 1n : 0n };
	const right = evaluate(symbols, e.right);
	return right && { value: right.symbol !== undefined || right.value !== 0n ? 1n : 0n };
}

function binary(
	symbols: Symbols,
	e: Extract<Expression, { kind: "binary" }>,
): Constant | undefined {
	const left = evaluate(symbols, e.left);
	const right = evaluate(symbols, e.right);
	if (!left || !right) return undefined;
	if (left.symbol !== undefined || right.symbol !== undefined) {
		if (e.op === "+" && right.symbol === undefined)
			return { ...left, value: left.value + right.value };
		if (e.op === "-" && right.symbol === undefined)
			return { ...left, value: left.value - right.value };
		return undefined;
	}
	const operands = e.left.type;
	const bits = 8 * Math.max(1, sizeOf(operands));
	const number = (v: bigint) => (isSigned(operands) ? v : BigInt.asUintN(bits, v));
	const value = foldBinary(e.op, number(left.value), number(right.value), operands);
	return value === undefined ? undefined : { value: wrapTo(e.type, value) };
}

/** The address of an lvalue with static storage. */
function addressOf(symbols: Symbols, e: Expression): Constant | undefined {
	switch (e.kind) {
		case "variable": {
			const { storage } = e.variable;
			if (storage === "auto" || storage === "parameter") return undefined;
			return { symbol: symbols.variable(e.variable), value: 0n };
		}
		case "literal":
			if (e.variable.storage === "auto") return undefined;
			return { symbol: symbols.variable(e.variable), value: 0n };
		case "string":
			return { symbol: symbols.string(e.bytes), value: 0n };
		case "function":
			return { symbol: symbols.function(e.function), value: 0n };
		case "dereference":
			return evaluate(symbols, e.operand);
		case "member": {
			const base = addressOf(symbols, e.base);
			return base && { ...base, value: base.value + BigInt(e.member.offset) };
		}
		case "index": {
			const array = canonical(e.base.type).kind === "array";
			const base = array ? addressOf(symbols, e.base) : evaluate(symbols, e.base);
			const index = evaluate(symbols, e.index);
			if (!base || !index || index.symbol !== undefined) return undefined;
			return { ...base, value: base.value + index.value * BigInt(stride(e.base.type)) };
		}
		default:
			return undefined;
	}
}

/** The bytes of an object with its initialiser, and the addresses among them. */
export interface Image {
	readonly bytes: Uint8Array;
	readonly addresses: { offset: number; symbol: string; addend: number }[];
}

/** Bytes that an object takes with its initialiser, a flexible array member's included. */
export function imageSize(type: CType, init: Initializer | undefined): number {
	let size = sizeOf(type);
	for (const { offset: at, member, value } of init?.entries ?? [])
		if (!member?.bitSize) size = Math.max(size, at + sizeOf(value.type));
	return size;
}

/** The image of an initialiser, or the first expression that is not constant. */
export function imageOf(
	symbols: Symbols,
	type: CType,
	init: Initializer | undefined,
): Image | Expression {
	const image: Image = { bytes: new Uint8Array(imageSize(type, init)), addresses: [] };
	for (const { offset: at, member, value } of init?.entries ?? []) {
		const wrong = member?.bitSize
			? setBits(symbols, image, member, value, at)
			: setAt(symbols, image, at, value);
		if (wrong) return wrong;
	}
	return image;
}

export function isImage(value: Image | Expression): value is Image {
	return "addresses" in value;
}

function setAt(symbols: Symbols, image: Image, at: number, e: Expression): Expression | undefined {
	if (e.kind === "string") {
		const size = sizeOf(e.type);
		image.bytes.fill(0, at, at + size);
		image.bytes.set(e.bytes.subarray(0, size), at);
		return undefined;
	}
	if (e.kind === "load" && e.operand.kind === "literal")
		return setLiteral(symbols, image, at, e.operand);
	if (e.kind === "load" && e.operand.kind === "string") return setAt(symbols, image, at, e.operand);
	const v = evaluate(symbols, e);
	if (!v) return e;
	const size = sizeOf(e.type);
	removeAddresses(image, at, size);
	if (v.symbol !== undefined)
		image.addresses.push({
			offset: at,
			symbol: v.symbol,
			addend: Number(BigInt.asIntN(64, v.value)),
		});
	for (let i = 0; i < size; i++)
		image.bytes[at + i] = v.symbol !== undefined ? 0 : Number((v.value >> BigInt(8 * i)) & 255n);
	return undefined;
}

function setLiteral(
	symbols: Symbols,
	image: Image,
	at: number,
	e: Extract<Expression, { kind: "literal" }>,
): Expression | undefined {
	const inner = imageOf(symbols, e.variable.type, e.variable.init);
	if (!isImage(inner)) return inner;
	removeAddresses(image, at, inner.bytes.length);
	image.bytes.set(inner.bytes, at);
	for (const a of inner.addresses) image.addresses.push({ ...a, offset: a.offset + at });
	return undefined;
}

function removeAddresses(image: Image, at: number, size: number): void {
	const kept = image.addresses.filter((a) => a.offset + 8 <= at || a.offset >= at + size);
	image.addresses.length = 0;
	image.addresses.push(...kept);
}

/** `storage` is where the field's storage unit stands in the object. */
function setBits(
	symbols: Symbols,
	image: Image,
	member: Member,
	e: Expression,
	storage: number,
): Expression | undefined {
	const v = evaluate(symbols, e);
	if (!v || v.symbol !== undefined) return e;
	const first = 8 * storage + (member.bitOffset ?? 0) - 8 * member.offset;
	for (let i = 0; i < (member.bitSize ?? 0); i++) {
		const bit = Number((v.value >> BigInt(i)) & 1n);
		const byte = (first + i) >> 3;
		const mask = 1 << ((first + i) & 7);
		image.bytes[byte] = bit ? (image.bytes[byte] ?? 0) | mask : (image.bytes[byte] ?? 0) & ~mask;
	}
	return undefined;
}
