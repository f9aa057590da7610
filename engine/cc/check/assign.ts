// Conversion as if by assignment (C11 6.5.16.1): what may go where, and what clang says about the rest.

import {
	type CType,
	canonical,
	compatible,
	type Expression,
	functionTypeOf,
	isBoolean,
	isInteger,
	pointeeOf,
	qualifiersOf,
	quoteType,
	underlying,
	unqualified,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { bad, type Context, isBad } from "./context.ts";
import { convert, isNull, refuseFloat, rvalue } from "./convert.ts";
import type { Note } from "./report.ts";

/** Why a value is converted; decides the words of a message. */
export interface Purpose {
	readonly kind: "assigning" | "initializing" | "passing" | "returning";
	/** Where clang puts the caret, when not at the value. */
	readonly at?: Location;
	/** Where the parameter was declared. */
	readonly note?: Note;
}

/** The value of `e` in the type of the place it goes to. */
export function assignTo(ctx: Context, e: Expression, to: CType, purpose: Purpose): Expression {
	const value = rvalue(e);
	const type = unqualified(to);
	if (isBad(value) || isBad({ type })) return value;
	const target = canonical(type);
	const source = canonical(value.type);
	if (target.kind === "float" || source.kind === "float") {
		if (target.kind === "float" && source === target) return value;
		return target.kind === "float" || isInteger(target)
			? refuseFloat(ctx, e)
			: refuse(ctx, value, to, purpose);
	}
	if (isInteger(target) && isInteger(source)) return convert(value, type);
	if (target.kind === "bool" && source.kind === "pointer") return convert(value, type);
	if (target.kind === "pointer") return assignPointer(ctx, value, type, target.to, purpose);
	if (source.kind === "pointer" && isInteger(target)) {
		say(
			ctx,
			"strict",
			"int-conversion",
			value,
			to,
			purpose,
			"incompatible pointer to integer conversion ",
		);
		return convert(value, type);
	}
	if (target.kind === "record" && source.kind === "record" && target.tag === source.tag)
		return value;
	return refuse(ctx, value, to, purpose);
}

function refuse(ctx: Context, value: Expression, to: CType, purpose: Purpose): Expression {
	const from = quoteType(value.type);
	const into = quoteType(to);
	const text = {
		assigning: `assigning to ${into} from incompatible type ${from}`,
		initializing: `initializing ${into} with an expression of incompatible type ${from}`,
		passing: `passing ${from} to parameter of incompatible type ${into}`,
		returning: `returning ${from} from a function with incompatible result type ${into}`,
	}[purpose.kind];
	ctx.reports.error("incompatible-types", purpose.at ?? value.at, text, detail(value, purpose));
	return bad(value.at, value.end);
}

function detail(value: Expression, purpose: Purpose) {
	return {
		...(purpose.at === undefined ? { end: value.end } : {}),
		...(purpose.note ? { notes: [purpose.note] } : {}),
	};
}

function say(
	ctx: Context,
	severity: "strict" | "error" | "warning",
	id: string,
	value: Expression,
	to: CType,
	purpose: Purpose,
	before: string,
	after = "",
): void {
	const from = quoteType(value.type);
	const into = quoteType(to);
	const text = {
		assigning: `assigning to ${into} from ${from}`,
		initializing: `initializing ${into} with an expression of type ${from}`,
		passing: `passing ${from} to parameter of type ${into}`,
		returning: `returning ${from} from a function with result type ${into}`,
	}[purpose.kind];
	ctx.reports[severity](
		id,
		purpose.at ?? value.at,
		`${before}${text}${after}`,
		detail(value, purpose),
	);
}

function assignPointer(
	ctx: Context,
	value: Expression,
	type: CType,
	to: CType,
	purpose: Purpose,
): Expression {
	const from = pointeeOf(value.type);
	if (from === undefined) {
		if (!isInteger(value.type)) return refuse(ctx, value, type, purpose);
		if (!isNull(value))
			say(
				ctx,
				"strict",
				"int-conversion",
				value,
				type,
				purpose,
				"incompatible integer to pointer conversion ",
			);
		return convert(value, type);
	}
	if (from === to || isNull(value)) return convert(value, type);
	checkPointees(ctx, value, type, from, to, purpose);
	return convert(value, type);
}

function checkPointees(
	ctx: Context,
	value: Expression,
	type: CType,
	from: CType,
	to: CType,
	purpose: Purpose,
) {
	const have = qualifiersOf(from);
	const want = qualifiersOf(to);
	if (have.space !== want.space) {
		say(
			ctx,
			"error",
			"address-space",
			value,
			type,
			purpose,
			"",
			" changes address space of pointer",
		);
		return;
	}
	const a = canonical(from);
	const b = canonical(to);
	const lost = (have.const && !want.const) || (have.volatile && !want.volatile);
	if (a.kind === "void" || b.kind === "void" || compatible(from, to, true)) {
		if (lost && a.kind !== "function")
			say(ctx, "warning", "discarded-qualifiers", value, type, purpose, "", " discards qualifiers");
		return;
	}
	const left = underlying(a);
	const right = underlying(b);
	if (left && right && left.size === right.size && !isBoolean(a) && !isBoolean(b)) {
		const text = " converts between pointers to integer types with different sign";
		say(ctx, "warning", "pointer-sign", value, type, purpose, "", text);
		return;
	}
	if (functionTypeOf(from) && functionTypeOf(to)) {
		say(
			ctx,
			"strict",
			"incompatible-function-pointer-types",
			value,
			type,
			purpose,
			"incompatible function pointer types ",
		);
		return;
	}
	if (nestedQualifiers(from, to)) {
		say(
			ctx,
			"warning",
			"discarded-qualifiers",
			value,
			type,
			purpose,
			"",
			" discards qualifiers in nested pointer types",
		);
		return;
	}
	say(
		ctx,
		"warning",
		"incompatible-pointer-types",
		value,
		type,
		purpose,
		"incompatible pointer types ",
	);
}

/** Whether two pointer types differ in the qualifiers of what they point to alone. */
function nestedQualifiers(from: CType, to: CType): boolean {
	let a = pointeeOf(from);
	let b = pointeeOf(to);
	while (a && b) {
		if (compatible(a, b, true)) return true;
		a = pointeeOf(a);
		b = pointeeOf(b);
	}
	return false;
}
