// Conversions (C11 6.3): lvalues to values, promotions, the usual arithmetic conversions, and casts as nodes. Numbers fold.

import {
	boolType,
	type CType,
	canonical,
	compatible,
	type Expression,
	elementType,
	errorType,
	type IntType,
	intType,
	isInteger,
	isScalar,
	type Member,
	pointeeOf,
	quoteType,
	toUnsigned,
	underlying,
	unqualified,
	unsignedType,
	voidType,
	wrap,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { bad, type Context, isBad } from "./context.ts";

export function isLvalue(e: Expression): boolean {
	switch (e.kind) {
		case "variable":
		case "dereference":
		case "index":
		case "string":
		case "literal":
			return true;
		case "member":
			return isLvalue(e.base);
		default:
			return false;
	}
}

/** The value of an expression: loads lvalues, decays arrays and functions. */
export function rvalue(e: Expression): Expression {
	if (e.type === errorType) return e;
	const core = canonical(e.type);
	if (core.kind === "array") {
		const type: CType = { kind: "pointer", to: elementType(e.type) };
		return { kind: "decay", type, operand: e, at: e.at, end: e.end };
	}
	if (core.kind === "function") {
		if (e.kind === "dereference") return e.operand;
		const type: CType = { kind: "pointer", to: e.type };
		return { kind: "decay", type, operand: e, at: e.at, end: e.end };
	}
	if (!isLvalue(e)) return e;
	const known =
		e.kind === "variable" && e.variable.constexpr ? e.variable.init?.entries[0]?.value : undefined;
	if (known?.kind === "number") return { ...known, at: e.at, end: e.end };
	return { kind: "load", type: unqualified(e.type), operand: e, at: e.at, end: e.end };
}

/** The bit-field that an expression reads, or designates. */
export function bitField(e: Expression): Member | undefined {
	const place = e.kind === "load" ? e.operand : e;
	return place.kind === "member" && place.member.bitSize !== undefined ? place.member : undefined;
}

/** The type that an integer expression has after the integer promotions. */
export function promotedType(e: Expression): IntType | undefined {
	const int = underlying(e.type);
	if (!int) return undefined;
	if (canonical(e.type) === boolType) return intType;
	const field = bitField(e);
	if (field?.bitSize !== undefined) {
		if (field.bitSize < 32) return intType;
		if (field.bitSize === 32) return int.signed ? intType : unsignedType;
	}
	return int.rank < intType.rank ? intType : int;
}

/** Integer promotions (C11 6.3.1.1) of a value. */
export function promote(e: Expression): Expression {
	const type = promotedType(e);
	return type ? convert(e, type) : e;
}

/** The common type of two promoted types (C11 6.3.1.8). */
function commonType(a: IntType, b: IntType): IntType {
	if (a === b) return a;
	if (a.signed === b.signed) return a.rank >= b.rank ? a : b;
	const u = a.signed ? b : a;
	const s = a.signed ? a : b;
	if (u.rank >= s.rank) return u;
	return s.size > u.size ? s : toUnsigned(s);
}

/** Both values in their common type, or undefined when one is no integer. */
export function usual(
	left: Expression,
	right: Expression,
): [Expression, Expression, IntType] | undefined {
	const a = promotedType(left);
	const b = promotedType(right);
	if (!a || !b) return undefined;
	const type = commonType(a, b);
	return [convert(left, type), convert(right, type), type];
}

/** A value in another type; the same node when nothing changes but sugar. */
export function convert(e: Expression, type: CType, implicit = true): Expression {
	if (isBad(e) || type === errorType) return e;
	if (e.type === type) return e;
	const to = canonical(type);
	const from = canonical(e.type);
	if (to === from && implicit) return e;
	if (e.kind === "number" && (isInteger(type) || to.kind === "pointer")) return number(e, type);
	if (implicit && to.kind !== "enum" && from.kind !== "enum" && compatible(e.type, type, true))
		return e;
	return { kind: "cast", type, operand: e, implicit, at: e.at, end: e.end };
}

function number(e: Extract<Expression, { kind: "number" }>, type: CType): Expression {
	const value = wrap(e.value, type);
	const { at, end } = e;
	if (e.enumerator === undefined) return { kind: "number", type, value, at, end };
	return { kind: "number", type, value, at, end, enumerator: e.enumerator };
}

/** A null pointer constant (C11 6.3.2.3). */
export function isNull(e: Expression): boolean {
	if (e.kind !== "number" || e.value !== 0n) return false;
	const to = pointeeOf(e.type);
	return to === undefined || to.kind === "void";
}

/** A value that decides: any scalar. Others are reported, at `keyword` where there is one. */
export function condition(
	ctx: Context,
	e: Expression,
	what = "statement requires expression of scalar type",
	keyword?: Location,
): Expression {
	const value = rvalue(e);
	if (isBad(value)) return value;
	const core = canonical(value.type);
	if (core.kind === "float") {
		if (value.kind !== "number" || value.real === undefined) return refuseFloat(ctx, value);
		const { at, end } = value;
		return { kind: "number", type: intType, value: value.real === 0 ? 0n : 1n, at, end };
	}
	if (isScalar(core)) return value;
	const text = `${what} (${quoteType(e.type)} invalid)`;
	if (keyword !== undefined) ctx.reports.error("condition", keyword, text);
	else ctx.reports.error("condition", e.at, text, { end: e.end });
	return bad(e.at, e.end);
}

/** Says that floating point is not there. */
export function refuseFloat(ctx: Context, e: Expression): Expression {
	ctx.reports.unsupported("float", e.at, "floating point is not part of eBPF C", { end: e.end });
	return bad(e.at, e.end);
}

/** A value that nobody looks at. */
export function discard(e: Expression): Expression {
	if (isBad(e)) return e;
	return { kind: "cast", type: voidType, operand: e, implicit: true, at: e.at, end: e.end };
}
