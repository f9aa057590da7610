// Reading and writing bit-fields: the smallest aligned unit of memory that holds all bits of the field; a field that no such unit
// holds (in a packed record) is put together from parts.

import type { Node, Size } from "../../ssa/index.ts";
import type { Member } from "../ast/type.ts";
import type { Context, Place } from "./context.ts";
import { fitted } from "./convert.ts";
import { isSigned, sizeOf, valueClass } from "./types.ts";

interface Unit {
	/** Bytes from the start of the record. */
	readonly offset: number;
	readonly size: Size;
	/** First bit of the field in the unit, and first bit of the field that the unit holds. */
	readonly shift: number;
	readonly from: number;
	readonly bits: number;
}

/** The units that hold a field, lowest first. */
function unitsOf(member: Member, align: number): Unit[] {
	const first = member.bitOffset ?? 0;
	const bits = member.bitSize ?? 0;
	for (const size of [1, 2, 4, 8] as const) {
		const offset = Math.floor(first / (8 * size)) * size;
		const inside = first + bits <= 8 * (offset + size);
		const fits =
			offset + size <= Math.max(member.offset + sizeOf(member.type), Math.ceil((first + bits) / 8));
		if (inside && fits && (size <= align || size === 1))
			return [{ offset, size, shift: first - 8 * offset, from: 0, bits }];
	}
	const out: Unit[] = [];
	for (let bit = first; bit < first + bits; ) {
		const offset = bit >> 3;
		const end = Math.min(first + bits, 8 * (offset + 1));
		out.push({ offset, size: 1, shift: bit & 7, from: bit - first, bits: end - bit });
		bit = end;
	}
	return out;
}

function pointerTo(c: Context, place: Place, unit: Unit): Node {
	return unit.offset === 0 ? place.pointer : c.b.ptradd(place.pointer, unit.offset);
}

/** The value of a bit-field in the class of its declared type. */
export function loadBits(c: Context, place: Place, member: Member): Node {
	const type = valueClass(member.type) === "i64" ? "i64" : "i32";
	const units = unitsOf(member, place.align);
	const only = units.length === 1 ? units[0] : undefined;
	const held = only && only.size < 8 && type === "i32" ? "i32" : "i64";
	let value: Node | undefined;
	for (const unit of units) {
		let part: Node = c.b.load(held, unit.size, pointerTo(c, place, unit), {
			volatile: place.volatile,
			align: Math.min(place.align, unit.size),
		});
		if (only && isSigned(member.type)) return signedPart(c, part, only, type);
		if (unit.shift > 0) part = c.b.binary("lshr", part, c.b.const(held, unit.shift));
		if (unit.shift + unit.bits < 8 * unit.size)
			part = c.b.binary("and", part, c.b.const(held, (1n << BigInt(unit.bits)) - 1n));
		if (unit.from > 0) part = c.b.binary("shl", part, c.b.const(held, unit.from));
		value = value ? c.b.binary("or", value, part) : part;
	}
	value ??= c.b.const(held, 0);
	if (isSigned(member.type)) {
		const left = c.b.i64(64 - (member.bitSize ?? 0));
		value = c.b.binary("ashr", c.b.binary("shl", value, left), left);
	}
	return held === type ? value : c.b.trunc(value);
}

function signedPart(c: Context, part: Node, unit: Unit, type: "i32" | "i64"): Node {
	const width = part.type === "i64" ? 64 : 32;
	const held = part.type ?? "i64";
	const left = width - unit.shift - unit.bits;
	let value = part;
	if (left > 0) value = c.b.binary("shl", value, c.b.const(held, left));
	value = c.b.binary("ashr", value, c.b.const(held, width - unit.bits));
	return held === type ? value : c.b.trunc(value);
}

/** Writes the low bits of `value`; gives what the field then holds. */
export function storeBits(c: Context, place: Place, member: Member, value: Node): Node {
	for (const unit of unitsOf(member, place.align)) {
		const held = unit.size === 8 ? "i64" : "i32";
		const pointer = pointerTo(c, place, unit);
		const options = { volatile: place.volatile, align: Math.min(place.align, unit.size) };
		let part = value;
		if (unit.from > 0) part = c.b.binary("lshr", part, c.b.const(part.type ?? "i64", unit.from));
		part = inClass(c, part, held);
		const mask = (1n << BigInt(unit.bits)) - 1n;
		if (unit.bits < 8 * unit.size) {
			part = c.b.binary("and", part, c.b.const(held, mask));
			if (unit.shift > 0) part = c.b.binary("shl", part, c.b.const(held, unit.shift));
			const old = c.b.load(held, unit.size, pointer, options);
			const keep = c.b.const(held, ~(mask << BigInt(unit.shift)));
			part = c.b.binary("or", c.b.binary("and", old, keep), part);
		}
		c.b.store(unit.size, pointer, part, options);
	}
	return cut(c, value, member);
}

function inClass(c: Context, value: Node, held: "i32" | "i64"): Node {
	if (value.type === held) return value;
	return held === "i64" ? c.b.zext(value) : c.b.trunc(value);
}

/** The value that a field holds after `value` was stored to it. */
export function cut(c: Context, value: Node, member: Member): Node {
	const bits = member.bitSize ?? 0;
	const type = value.type === "i64" ? "i64" : "i32";
	const width = type === "i64" ? 64 : 32;
	if (bits >= width) return value;
	if (!isSigned(member.type))
		return c.b.binary("and", value, c.b.const(type, (1n << BigInt(bits)) - 1n));
	if (type === "i32" && (bits === 8 || bits === 16))
		return fitted(c, value, (bits / 8) as 1 | 2, true);
	const left = c.b.const(type, width - bits);
	return c.b.binary("ashr", c.b.binary("shl", value, left), left);
}
