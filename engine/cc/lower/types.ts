// What the lowering asks of C types: size, alignment, class of value. Takes the checker's types, knows nothing of expressions.

import { assert } from "../../base/index.ts";
import type { Type } from "../../ssa/index.ts";
import { alignOf, canonical, qualifiersOf, recordOf } from "../ast/index.ts";
import type { CType, EnumTag, FunctionType } from "../ast/type.ts";

export { alignOf, canonical, recordOf };

export const isVolatile = (type: CType): boolean => qualifiersOf(type).volatile;
/** The address space that an object of the type lies in: 0, or 1 for an arena's. */
export const spaceOf = (type: CType): number => qualifiersOf(type).space;
export const isConst = (type: CType): boolean => qualifiersOf(type).const;

/** Bytes of an object of the type; 0 for void, functions and incomplete types. */
export function sizeOf(type: CType): number {
	const t = canonical(type);
	switch (t.kind) {
		case "bool":
			return 1;
		case "int":
		case "float":
			return t.size;
		case "enum":
			return t.tag.size;
		case "pointer":
			return 8;
		case "array":
			return sizeOf(t.of) * (t.length ?? 0);
		case "record":
			return t.tag.size;
		default:
			return 0;
	}
}

/** How a value of the type is held: in one SSA value, as two halves of 64 bits, in memory, or not at all. */
export type ValueClass = Type | "wide" | "memory" | "none";

export function valueClass(type: CType): ValueClass {
	const t = canonical(type);
	switch (t.kind) {
		case "bool":
			return "i32";
		case "int":
			return t.size === 16 ? "wide" : t.size === 8 ? "i64" : "i32";
		case "enum":
			return t.tag.size === 8 ? "i64" : "i32";
		case "pointer":
		case "function":
			return "ptr";
		case "array":
		case "record":
			return "memory";
		default:
			return "none";
	}
}

/** Of integers and enums; pointers and bool count as unsigned. */
export function isSigned(type: CType): boolean {
	const t = canonical(type);
	return t.kind === "int" ? t.signed : t.kind === "enum" ? t.tag.signed : false;
}

export const isBool = (type: CType): boolean => canonical(type).kind === "bool";

/** What a pointer or array points to; void when it is neither. */
export function pointee(type: CType): CType {
	const t = canonical(type);
	return t.kind === "pointer" ? t.to : t.kind === "array" ? t.of : { kind: "void" };
}

/** Bytes that pointer arithmetic counts in: 1 for void and functions. */
export function stride(pointer: CType): number {
	const to = canonical(pointee(pointer));
	return to.kind === "void" || to.kind === "function" ? 1 : sizeOf(to);
}

export function enumOf(type: CType): EnumTag | undefined {
	const t = canonical(type);
	return t.kind === "enum" ? t.tag : undefined;
}

export function functionOf(type: CType): FunctionType {
	const t = canonical(type);
	const f = t.kind === "pointer" ? canonical(t.to) : t;
	assert(f.kind === "function", "a function type");
	return f;
}

/** The value of `value` converted to an integer type: cut, then signed as the type says. */
export function wrapTo(type: CType, value: bigint): bigint {
	if (isBool(type)) return value === 0n ? 0n : 1n;
	const bits = 8 * Math.max(1, sizeOf(type));
	return isSigned(type) ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}
