// Conversions between scalar values, and between memory and scalar values.

import type { Node, Size } from "../../ssa/index.ts";
import type { CType } from "../ast/type.ts";
import type { Context, Place, Wide } from "./context.ts";
import { canonical, isBool, isSigned, sizeOf, valueClass } from "./types.ts";

/** A scalar as i64: widened as its type says, pointers as numbers. */
export function toI64(c: Context, value: Node, from: CType): Node {
	if (value.type === "i64") return value;
	if (value.type === "ptr") return c.b.ptrtoint(value);
	if (value.op === "const")
		return c.b.i64(isSigned(from) ? value.value : BigInt.asUintN(32, value.value));
	return isSigned(from) ? c.b.sext("i64", 32, value) : c.b.zext(value);
}

export function toWide(c: Context, value: Node, from: CType): Wide {
	const lo = toI64(c, value, from);
	const hi = isSigned(from) ? c.b.binary("ashr", lo, c.b.i64(63)) : c.b.i64(0);
	return { lo, hi };
}

/** Whether a scalar is not zero, as i32 0 or 1. */
export function toTruth(c: Context, value: Node): Node {
	if (value.op === "icmp") return value;
	if (value.op === "const") return c.b.i32(value.value === 0n ? 0 : 1);
	return c.b.icmp("ne", value, c.b.const(value.type ?? "i64", 0n));
}

/** A scalar value converted from one C type to another, both held in one SSA value. */
export function convert(c: Context, value: Node, from: CType, to: CType): Node {
	const target = valueClass(to);
	if (isBool(to)) return isBool(from) ? value : toTruth(c, value);
	if (target === "ptr") {
		if (value.type === "ptr") return value;
		return value.op === "const"
			? c.b.const("ptr", toI64Constant(value, from))
			: c.b.inttoptr(toI64(c, value, from));
	}
	if (target === "i64") return toI64(c, value, from);
	return narrow(c, value, from, to);
}

function toI64Constant(value: Node & { op: "const" }, from: CType): bigint {
	return value.type === "i32" && !isSigned(from) ? BigInt.asUintN(32, value.value) : value.value;
}

function narrow(c: Context, value: Node, from: CType, to: CType): Node {
	let low = value;
	if (low.type === "ptr") low = c.b.ptrtoint(low);
	if (low.type === "i64") low = low.op === "const" ? c.b.i32(low.value) : c.b.trunc(low);
	const size = sizeOf(to);
	if (size >= 4) return low;
	const held = canonical(from).kind === "pointer" ? 8 : sizeOf(from);
	if (held < size && (isSigned(to) || !isSigned(from))) return low;
	if (held === size && isSigned(from) === isSigned(to)) return low;
	return fitted(c, low, size as 1 | 2, isSigned(to));
}

/** The low `size` bytes of an i32 as a narrow type holds them. */
export function fitted(c: Context, value: Node, size: 1 | 2, signed: boolean): Node {
	if (value.op === "const") {
		const bits = 8 * size;
		return c.b.i32(signed ? BigInt.asIntN(bits, value.value) : BigInt.asUintN(bits, value.value));
	}
	if (signed) return c.b.sext("i32", size === 1 ? 8 : 16, value);
	return c.b.binary("and", value, c.b.i32(size === 1 ? 0xff : 0xffff));
}

/** Reads a scalar that is not a bit-field. */
export function loadScalar(c: Context, place: Place): Node {
	const type = valueClass(place.type);
	const size = accessSize(place.type);
	return c.b.load(type === "i32" ? "i32" : type === "ptr" ? "ptr" : "i64", size, place.pointer, {
		signed: isSigned(place.type) && size < 8 && size < 4,
		volatile: place.volatile,
		align: place.align,
		truth: isBool(place.type),
	});
}

export function storeScalar(c: Context, place: Place, value: Node): void {
	const { volatile, align } = place;
	c.b.store(accessSize(place.type), place.pointer, value, { volatile, align });
}

export function accessSize(type: CType): Size {
	const size = sizeOf(type);
	return size === 1 || size === 2 || size === 4 ? size : 8;
}

export function loadWide(c: Context, place: Place): Wide {
	const options = { volatile: place.volatile, align: Math.min(8, place.align) };
	const lo = c.b.load("i64", 8, place.pointer, options);
	return { lo, hi: c.b.load("i64", 8, c.b.ptradd(place.pointer, 8), options) };
}

export function storeWide(c: Context, place: Place, value: Wide): void {
	const options = { volatile: place.volatile, align: Math.min(8, place.align) };
	c.b.store(8, place.pointer, value.lo, options);
	c.b.store(8, c.b.ptradd(place.pointer, 8), value.hi, options);
}
