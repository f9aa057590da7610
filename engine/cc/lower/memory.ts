// Values that live in memory: records, arrays, their initialisers; and the builtins that copy, fill and compare memory.

import type { Block, Node, Size } from "../../ssa/index.ts";
import type { Expression, Initializer, Variable } from "../ast/tree.ts";
import type { CType, Member } from "../ast/type.ts";
import { addBytes } from "./address.ts";
import { storeBits } from "./bitfield.ts";
import { callInto } from "./call.ts";
import { type Image, imageOf, imageSize, isImage } from "./constant.ts";
import type { Context, Place } from "./context.ts";
import { storeScalar, storeWide } from "./convert.ts";
import { statementValue } from "./inner.ts";
import { alignOf, canonical, isVolatile, sizeOf, valueClass } from "./types.ts";

/** Puts the value of an expression into a fresh object at `to`. */
export function into(c: Context, e: Expression, to: Node, align: number): void {
	const held = valueClass(e.type);
	if (held !== "memory") {
		storeValue(c, e, { pointer: to, type: e.type, volatile: false, align });
		return;
	}
	switch (e.kind) {
		case "load": {
			const from = c.ops.place(c, e.operand);
			c.at(e.at);
			copy(c, to, from.pointer, sizeOf(e.type), Math.min(align, from.align));
			return;
		}
		case "string":
			fill(c, { bytes: stringBytes(e), addresses: [] }, to, align);
			return;
		case "call":
			callInto(c, e, to);
			return;
		case "comma":
			c.ops.effect(c, e.left);
			into(c, e.right, to, align);
			return;
		case "conditional":
			conditional(c, e, to, align);
			return;
		case "assign": {
			assignMemory(c, e);
			const from = c.ops.place(c, e.target);
			copy(c, to, from.pointer, sizeOf(e.type), Math.min(align, from.align));
			return;
		}
		case "statements":
			statementValue(c, e, (value) => into(c, value, to, align));
			return;
		case "cast":
			into(c, e.operand, to, align);
			return;
		default: {
			const from = c.ops.place(c, e);
			copy(c, to, from.pointer, sizeOf(e.type), Math.min(align, from.align));
		}
	}
}

function stringBytes(e: Extract<Expression, { kind: "string" }>): Uint8Array {
	const bytes = new Uint8Array(sizeOf(e.type));
	bytes.set(e.bytes.subarray(0, bytes.length));
	return bytes;
}

function conditional(
	c: Context,
	e: Extract<Expression, { kind: "conditional" }>,
	to: Node,
	align: number,
): void {
	const yes = c.b.newBlock();
	const no = c.b.newBlock();
	const end = c.b.newBlock();
	c.ops.branch(c, e.condition, yes, no);
	const arm = (block: Block, value: Expression) => {
		c.b.at(block);
		into(c, value, to, align);
		if (c.b.open) c.b.br(end);
	};
	arm(yes, e.then ?? e.condition);
	arm(no, e.otherwise);
	c.b.at(end);
}

/** Stores the value of an expression that is not an aggregate. */
function storeValue(c: Context, e: Expression, place: Place): void {
	if (valueClass(e.type) === "wide") storeWide(c, place, c.ops.wide(c, e));
	else {
		const value = c.scalar(e);
		c.at(e.at);
		storeScalar(c, place, value);
	}
}

/** `target = value` of records. The value may depend on the target. */
export function assignMemory(c: Context, e: Extract<Expression, { kind: "assign" }>): void {
	const size = sizeOf(e.type);
	const shared = e.value.kind === "load" && within(e.value.operand) === within(e.target);
	const inside = shared && within(e.target) !== undefined;
	if (e.value.kind === "load" && e.value.operand.kind !== "literal" && !inside) {
		const from = c.ops.place(c, e.value.operand);
		const to = c.ops.place(c, e.target);
		c.at(e.at);
		copy(c, to.pointer, from.pointer, size, Math.min(to.align, from.align));
		return;
	}
	const align = alignOf(e.type);
	const made = c.temporary(size, align);
	into(c, e.value, made, align);
	const to = c.ops.place(c, e.target);
	c.at(e.at);
	copy(c, to.pointer, made, size, Math.min(to.align, align));
}

/** The local variable that an lvalue is a part of: parts of one object are copied by way of another, which the optimiser can split. */
function within(e: Expression): Variable | undefined {
	let at = e;
	while (at.kind === "member" || at.kind === "index") at = at.base;
	return at.kind === "variable" && at.variable.storage === "auto" ? at.variable : undefined;
}

function copy(c: Context, to: Node, from: Node, size: number, align: number): void {
	if (size > 0) c.b.memcpy(to, from, size, align);
}

/** Fills a fresh object of automatic storage. */
export function initialise(
	c: Context,
	type: CType,
	init: Initializer | undefined,
	to: Node,
	align: number,
): void {
	const entries = init?.entries ?? [];
	const only = entries.length === 1 ? entries[0] : undefined;
	const held = valueClass(type);
	if (only && held !== "memory") {
		storeValue(c, only.value, { pointer: to, type, volatile: isVolatile(type), align });
		return;
	}
	if (
		only &&
		only.offset === 0 &&
		!only.member &&
		sizeOf(only.value.type) === sizeOf(type) &&
		valueClass(only.value.type) === "memory" &&
		only.value.kind !== "string"
	) {
		into(c, only.value, to, align);
		return;
	}
	const image = imageOf(c.symbols, type, { entries: entries.filter((x) => isQuiet(x.value)) });
	if (isImage(image) && entries.every((x) => isQuiet(x.value))) {
		fill(c, image, to, align);
		return;
	}
	fillMixed(c, type, init ?? { entries: [] }, to, align);
}

/** Whether an expression may be a constant: evaluating it asks for no symbol in vain. */
function isQuiet(e: Expression): boolean {
	switch (e.kind) {
		case "number":
		case "string":
			return true;
		case "cast":
		case "unary":
			return isQuiet(e.operand);
		case "binary":
			return isQuiet(e.left) && isQuiet(e.right);
		default:
			return false;
	}
}

/** Writes constant bytes with as few stores as the alignment of the object allows. */
function fill(c: Context, image: Image, to: Node, align: number): void {
	const { bytes } = image;
	const zero = bytes.every((b) => b === 0);
	const nonZero = bytes.reduce((n, b) => n + (b === 0 ? 0 : 1), 0);
	if (zero || (bytes.length > 64 && nonZero * 4 < bytes.length)) {
		if (bytes.length > 0) c.b.memset(to, 0, bytes.length, align);
		if (!zero) storeBytes(c, bytes, to, align, true);
		return;
	}
	if (bytes.length <= 512) storeBytes(c, bytes, to, align, false);
	else {
		const symbol = c.symbols.fresh(`__const.${c.source.name}`);
		c.symbols.constantData(symbol, bytes, align);
		c.b.memcpy(to, c.b.global(symbol), bytes.length, align);
	}
}

function storeBytes(c: Context, bytes: Uint8Array, to: Node, align: number, sparse: boolean): void {
	const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	for (let at = 0; at < bytes.length; ) {
		let size: Size = 8;
		while (size > 1 && (at + size > bytes.length || at % size !== 0 || size > align))
			size = (size / 2) as Size;
		const value = numberAt(data, at, size);
		if (!sparse || value !== 0n) {
			const held = size === 8 ? c.b.i64(value) : c.b.i32(value);
			c.b.store(size, addBytes(c, to, at), held, { align: Math.min(size, align) });
		}
		at += size;
	}
}

function numberAt(data: DataView, at: number, size: Size): bigint {
	if (size === 8) return data.getBigUint64(at, true);
	if (size === 4) return BigInt(data.getUint32(at, true));
	return BigInt(size === 2 ? data.getUint16(at, true) : data.getUint8(at));
}

/** Zeroes what the initialiser leaves out, stores the rest. */
function fillMixed(c: Context, type: CType, init: Initializer, to: Node, align: number): void {
	const size = imageSize(type, init);
	const covered = new Uint8Array(size);
	markPadding(type, 0, covered);
	let bits = false;
	for (const entry of init.entries) {
		if (entry.member?.bitSize !== undefined) bits = true;
		else covered.fill(1, entry.offset, entry.offset + sizeOf(entry.value.type));
	}
	if (!bits) fillPadding(type, init, covered);
	const open = covered.reduce((n, x) => n + 1 - x, 0);
	if (open > 0) zeroGaps(c, covered, open, size, to, align, bits);
	for (const { offset, member, value } of constantsFirst(init, size))
		store(c, to, align, offset, member, value);
}

/** Which bytes get values that are no constants. */
function variableBytes(init: Initializer, size: number): Uint8Array {
	const variable = new Uint8Array(size);
	for (const { offset, value } of init.entries)
		if (!isQuiet(value)) variable.fill(1, offset, offset + sizeOf(value.type));
	return variable;
}

/** Constants side by side become one store, if nothing is evaluated in between. Bit-fields and what overlaps keep their order. */
function constantsFirst(
	init: Initializer,
	size: number,
): readonly Initializer["entries"][number][] {
	const variable = variableBytes(init, size);
	const isFirst = ({ offset, member, value }: Initializer["entries"][number]) =>
		isQuiet(value) &&
		member?.bitSize === undefined &&
		!variable.subarray(offset, offset + sizeOf(value.type)).includes(1);
	return [...init.entries.filter(isFirst), ...init.entries.filter((e) => !isFirst(e))];
}

/** Padding in words that are constant otherwise is zeroed with them: one store instead of several. */
function fillPadding(type: CType, init: Initializer, covered: Uint8Array): void {
	const padding = new Uint8Array(covered.length);
	markPadding(type, 0, padding);
	const variable = variableBytes(init, covered.length);
	for (let at = 0; at + 4 <= covered.length; at += 4) {
		if (variable.subarray(at, at + 4).includes(1) || !padding.subarray(at, at + 4).includes(0))
			continue;
		for (let i = at; i < at + 4; i++) if (padding[i]) covered[i] = 0;
	}
}

function zeroGaps(
	c: Context,
	covered: Uint8Array,
	open: number,
	size: number,
	to: Node,
	align: number,
	bits: boolean,
): void {
	if (bits || open * 4 >= size * 3 || open > 64) {
		c.b.memset(to, 0, size, align);
		return;
	}
	for (let at = 0; at < size; ) {
		let end = at;
		while (end < size && !covered[end]) end++;
		if (end > at) c.b.memset(addBytes(c, to, at), 0, end - at, known(align, at));
		at = Math.max(end, at + 1);
	}
}

function known(align: number, offset: number): number {
	let at = align;
	while (offset % at !== 0) at /= 2;
	return at;
}

/** Marks bytes that belong to no member: they may hold anything. */
function markPadding(type: CType, at: number, covered: Uint8Array): void {
	const t = canonical(type);
	if (t.kind === "array") {
		const size = sizeOf(t.of);
		for (let i = 0; i < (t.length ?? 0) && size > 0; i++) markPadding(t.of, at + i * size, covered);
		return;
	}
	if (t.kind !== "record" || t.tag.union) return;
	let end = at;
	for (const m of t.tag.members) {
		const start = at + (m.bitSize === undefined ? m.offset : Math.floor((m.bitOffset ?? 0) / 8));
		if (start > end) covered.fill(1, end, start);
		if (m.bitSize === undefined) markPadding(m.type, start, covered);
		const bytes =
			m.bitSize === undefined
				? sizeOf(m.type)
				: Math.ceil((((m.bitOffset ?? 0) % 8) + m.bitSize) / 8);
		end = Math.max(end, start + bytes);
	}
	if (at + t.tag.size > end) covered.fill(1, end, at + t.tag.size);
}

function store(
	c: Context,
	to: Node,
	align: number,
	offset: number,
	member: Member | undefined,
	value: Expression,
): void {
	if (member?.bitSize !== undefined) {
		const at = offset - member.offset;
		const place = {
			pointer: addBytes(c, to, at),
			type: member.type,
			volatile: false,
			align: known(align, at),
		};
		storeBits(c, { ...place, bits: member }, member, c.scalar(value));
		return;
	}
	into(c, value, addBytes(c, to, offset), known(align, offset));
}
