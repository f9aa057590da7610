// Lvalues → addresses, with the chains of member accesses that CO-RE relocates.

import type { Node } from "../../ssa/index.ts";
import type { Expression } from "../ast/tree.ts";
import type { CType, Member, RecordTag } from "../ast/type.ts";
import { evaluate } from "./constant.ts";
import type { Context, Place } from "./context.ts";
import { toI64 } from "./convert.ts";
import { storageOf } from "./fieldinfo.ts";
import {
	alignOf,
	canonical,
	isVolatile,
	pointee,
	recordOf,
	sizeOf,
	spaceOf,
	stride,
} from "./types.ts";

/** Accesses from `base` that one CO-RE record stands for. */
export interface Chain {
	/** Type of the object that `base` points to; the first of `path` counts such objects. */
	readonly root: CType;
	readonly path: readonly number[];
	/** Bytes from `base`, by the local types. */
	readonly offset: number;
	/** The innermost member so far, and the record it is of. */
	readonly member?: Member;
	readonly record?: RecordTag;
}

/** `base` (plus the chain) plus `offset` bytes. */
export interface Address {
	readonly base: Node;
	readonly offset: number;
	readonly align: number;
	readonly type: CType;
	readonly volatile: boolean;
	readonly chain?: Chain;
	readonly bits?: Member;
}

/** The place of an lvalue, its pointer computed. What lies in an arena is reached by the kernel's own address of it. */
export function placeOf(c: Context, e: Expression): Place {
	const place = placeAt(c, addressOf(c, e));
	const space = spaceOf(e.type);
	return space === 0 ? place : { ...place, pointer: c.b.spacecast(place.pointer, space, 0) };
}

function placeAt(c: Context, a: Address): Place {
	const { type, volatile, align } = a;
	if (!a.bits) return { pointer: pointerOf(c, a), type, volatile, align };
	if (!a.chain) return { pointer: pointerOf(c, a), type, volatile, align, bits: a.bits };
	// The record gives the start of the storage: the field's bits count from there.
	const start = storageOf(a.bits, a.chain.record?.align ?? 1).offset;
	const bits = { ...a.bits, offset: 0, bitOffset: (a.bits.bitOffset ?? 0) - 8 * start };
	return { pointer: pointerOf(c, a), type, volatile, align, bits };
}

/** The pointer that an address stands for. */
export function pointerOf(c: Context, a: Address): Node {
	let pointer = a.base;
	if (a.chain?.member) {
		const value = chainValue(a.chain);
		const record = c.symbols.coreRecord({
			kind: 0,
			root: a.chain.root,
			access: a.chain.path.join(":"),
			value: BigInt(value),
			wide: false,
		});
		pointer = c.b.ptradd(pointer, c.b.core("i64", record));
	} else if (a.chain) return addBytes(c, pointer, a.chain.offset + a.offset);
	return addBytes(c, pointer, a.offset);
}

function chainValue(chain: Chain): number {
	const { member, record, offset } = chain;
	if (member?.bitSize === undefined) return offset;
	return offset - member.offset + storageOf(member, record?.align ?? 1).offset;
}

export function addBytes(c: Context, pointer: Node, bytes: number): Node {
	if (bytes === 0) return pointer;
	if (pointer.op === "global") return c.b.global(pointer.symbol, pointer.offset + bytes);
	return c.b.ptradd(pointer, bytes);
}

export function addressOf(c: Context, e: Expression): Address {
	switch (e.kind) {
		case "variable":
			return variable(c, e);
		case "literal":
			return literal(c, e);
		case "string":
			return plain(c.b.global(c.symbols.string(e.bytes)), e.type, 1);
		case "function":
			return plain(c.b.global(c.symbols.function(e.function)), e.type, 8);
		case "dereference":
			return dereference(c, e);
		case "member":
			return member(c, e);
		case "index":
			return index(c, e);
		default:
			return value(c, e);
	}
}

function plain(base: Node, type: CType, align: number): Address {
	return { base, offset: 0, align, type, volatile: isVolatile(type) };
}

function variable(c: Context, e: Extract<Expression, { kind: "variable" }>): Address {
	const v = e.variable;
	const align = Math.max(alignOf(v.type), v.attributes.aligned ?? 1);
	const local = c.variables.get(v);
	if (local) return plain(local, v.type, align);
	if (v.storage === "auto" || v.storage === "parameter") {
		const made = c.temporary(sizeOf(v.type), align, v.name);
		c.variables.set(v, made);
		return plain(made, v.type, align);
	}
	return plain(c.b.global(c.symbols.variable(v)), v.type, align);
}

function literal(c: Context, e: Extract<Expression, { kind: "literal" }>): Address {
	const v = e.variable;
	const align = Math.max(alignOf(v.type), v.attributes.aligned ?? 1);
	if (v.storage !== "auto") return plain(c.b.global(c.symbols.variable(v)), v.type, align);
	let base = c.variables.get(v);
	if (!base) {
		base = c.temporary(sizeOf(v.type), align, ".compoundliteral");
		c.variables.set(v, base);
	}
	c.ops.initialise(c, v.type, v.init, base, align);
	return plain(base, v.type, align);
}

/** An rvalue of record type whose member is read: put into memory first. */
function value(c: Context, e: Expression): Address {
	if (e.kind === "load") return addressOf(c, e.operand);
	const align = alignOf(e.type);
	const base = c.temporary(sizeOf(e.type), align);
	c.ops.into(c, e, base, align);
	return plain(base, e.type, align);
}

function dereference(c: Context, e: Extract<Expression, { kind: "dereference" }>): Address {
	const inner = e.operand;
	if (inner.kind === "address") return { ...addressOf(c, inner.operand), type: e.type };
	if (inner.kind === "decay") {
		const array = addressOf(c, inner.operand);
		// An array that decays ends what is recorded: its elements have no place in the path yet.
		if (array.chain?.member)
			return {
				...plain(pointerOf(c, array), e.type, array.align),
				volatile: array.volatile || isVolatile(e.type),
			};
		return { ...array, type: e.type, volatile: array.volatile || isVolatile(e.type) };
	}
	return plain(c.scalar(inner), e.type, alignOf(e.type));
}

function member(c: Context, e: Extract<Expression, { kind: "member" }>): Address {
	const base = addressOf(c, e.base);
	const m = e.member;
	const record = recordOf(e.base.type);
	const offset = m.bitSize === undefined ? m.offset : 0;
	const common = {
		type: e.type,
		volatile: base.volatile || isVolatile(e.type),
		align: known(base.align, offset),
		...(m.bitSize === undefined ? {} : { bits: m }),
	};
	const preserve = c.symbols.options.debug && (c.preserving > 0 || record?.preserve);
	if (!preserve || !record)
		return { ...common, base: pointerIfChained(c, base), offset: plainOffset(base) + offset };
	const before = base.chain && base.offset === 0 ? base.chain : undefined;
	const chain: Chain = {
		root: before?.root ?? e.base.type,
		path: [...(before?.path ?? [0]), positionOf(record, m)],
		offset: (before?.offset ?? 0) + m.offset,
		member: m,
		record,
	};
	if (before) return { ...common, base: base.base, offset: 0, chain };
	return { ...common, base: pointerOf(c, base), offset: 0, chain };
}

/** Position among the members that BTF has: unnamed bit-fields are left out. */
function positionOf(record: RecordTag, m: Member): number {
	let at = 0;
	for (const other of record.members) {
		if (other.index === m.index) return at;
		if (other.name !== "" || other.bitSize === undefined) at++;
	}
	return m.index;
}

function pointerIfChained(c: Context, a: Address): Node {
	return a.chain?.member ? pointerOf(c, { ...a, offset: 0 }) : a.base;
}

function plainOffset(a: Address): number {
	return a.offset + (a.chain && !a.chain.member ? a.chain.offset : 0);
}

/** The alignment that is known `offset` bytes behind an aligned address. */
function known(align: number, offset: number): number {
	let at = align;
	while (offset % at !== 0) at /= 2;
	return at;
}

function index(c: Context, e: Extract<Expression, { kind: "index" }>): Address {
	const isArray = canonical(e.base.type).kind === "array";
	const array = isArray ? addressOf(c, e.base) : undefined;
	const size = stride(e.base.type);
	const at = evaluate(c.symbols, e.index);
	const type = e.type;
	const volatile = isVolatile(type) || array?.volatile === true;
	if (at && at.symbol === undefined) {
		const count = Number(BigInt.asIntN(64, at.value));
		const preserve = c.symbols.options.debug && (c.preserving > 0 || isRecorded(e.base));
		if (preserve) return preservedIndex(c, e, array, count);
		const base = array ?? plain(c.scalar(e.base), type, alignOf(type));
		const align = known(base.align, count * size);
		const offset = plainOffset(base) + count * size;
		return { base: pointerIfChained(c, base), offset, align, type, volatile };
	}
	const base = array ? pointerOf(c, array) : c.scalar(e.base);
	const align = known(array?.align ?? alignOf(type), size);
	const bytes = scaled(c, toI64(c, c.scalar(e.index), e.index.type), size);
	return { base: c.b.ptradd(base, bytes), offset: 0, align, type, volatile };
}

/** Whether clang records an access to elements of this: an array in a record with the attribute, or a variable that points to such. */
function isRecorded(e: Expression): boolean {
	if (e.kind === "member") return recordOf(e.base.type)?.preserve === true;
	if (e.kind !== "load" || e.operand.kind !== "variable") return false;
	return recordOf(pointee(e.type))?.preserve === true;
}

function preservedIndex(
	c: Context,
	e: Extract<Expression, { kind: "index" }>,
	array: Address | undefined,
	count: number,
): Address {
	const { type } = e;
	const size = stride(e.base.type);
	const before = array?.chain && array.offset === 0 ? array.chain : undefined;
	const volatile = isVolatile(type) || array?.volatile === true;
	const align = known(array?.align ?? alignOf(type), count * size);
	if (before) {
		const { root, member, record } = before;
		const path = member ? [...before.path, count] : [(before.path[0] ?? 0) + count];
		const offset = before.offset + count * size;
		const last = member && record ? { member: { ...member, offset: 0 }, record } : {};
		return {
			base: array?.base ?? c.b.null(),
			offset: 0,
			align,
			type,
			volatile,
			chain: { root, path, offset, ...last },
		};
	}
	const base = array ? pointerOf(c, array) : c.scalar(e.base);
	const core = canonical(type);
	const root = core.kind === "record" && core.tag.name !== "" ? core : type;
	const chain = { root, path: [count], offset: count * size };
	return { base, offset: 0, align, type, volatile, chain };
}

/** An index as a number of bytes. */
export function scaled(c: Context, index: Node, size: number): Node {
	if (size === 1) return index;
	if (index.op === "const") return c.b.i64(index.value * BigInt(size));
	const shift = Math.log2(size);
	if (Number.isInteger(shift)) return c.b.binary("shl", index, c.b.i64(shift));
	return c.b.binary("mul", index, c.b.i64(size));
}
