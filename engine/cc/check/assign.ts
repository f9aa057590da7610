// Conversion as if by assignment (C11 6.5.16.1): what may go where, and what clang says about the rest.

import {
	type CType,
	canonical,
	compatible,
	type Expression,
	functionTypeOf,
	isBoolean,
	isInteger,
	isPointer,
	pointeeOf,
	qualifiersOf,
	quoteType,
	underlying,
	unqualified,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { bad, type Context, isBad } from "./context.ts";
import { convert, isLvalue, isNull, refuseFloat, rvalue } from "./convert.ts";
import { convertReal } from "./real.ts";
import type { Detail, Note } from "./report.ts";
import { warnEnum } from "./suspect.ts";

/** Why a value is converted; decides the words of a message. */
export interface Purpose {
	readonly kind: "assigning" | "initializing" | "passing" | "returning";
	/** Where clang puts the caret, when not at the value. */
	readonly at?: Location;
	/** Where the parameter was declared. */
	readonly note?: Note;
}

/** One conversion: what was written, its value, where it goes. */
interface Assignment {
	readonly ctx: Context;
	readonly written: Expression;
	readonly value: Expression;
	readonly to: CType;
	readonly purpose: Purpose;
}

/** The value of `e` in the type of the place it goes to. */
export function assignTo(ctx: Context, e: Expression, to: CType, purpose: Purpose): Expression {
	const value = rvalue(e);
	const type = unqualified(to);
	if (isBad(value) || isBad({ type })) return value;
	const a: Assignment = { ctx, written: e, value, to, purpose };
	const target = canonical(type);
	const source = canonical(value.type);
	if (target.kind === "float" || source.kind === "float") {
		if (target.kind !== "float" && !isInteger(target)) return refuse(a);
		const whole = isInteger(target) ? convertReal(value, type, value.at) : undefined;
		if (whole?.kind === "number" && value.kind === "number") warnCut(a, value.real, whole.value);
		return whole ?? refuseFloat(ctx, e);
	}
	if (isInteger(target) && isInteger(source)) {
		if (value.kind === "number") warnChanged(a, value.value);
		warnEnum(ctx, e, type);
		return convert(value, type);
	}
	if (target.kind === "bool" && source.kind === "pointer") return convert(value, type);
	if (target.kind === "pointer") return assignPointer(a, type, target.to);
	if (source.kind === "pointer" && isInteger(target)) {
		const { written } = a;
		const same = compatible(source.to, type, true);
		const taken = written.kind === "address" && same;
		const hint = taken
			? "; remove &"
			: same && written.kind !== "string"
				? "; dereference with *"
				: "";
		const mark = taken ? "" : "*";
		say(a, "strict", "int-conversion", "incompatible pointer to integer conversion ", hint, mark);
		return convert(value, type);
	}
	if (target.kind === "record" && source.kind === "record" && target.tag === source.tag)
		return value;
	return refuse(a);
}

function wordsOf(a: Assignment, incompatible: boolean): string {
	const from = quoteType(a.written.type);
	const into = quoteType(a.to);
	const word = incompatible ? "incompatible " : "";
	switch (a.purpose.kind) {
		case "assigning":
			return `assigning to ${into} from ${word}${incompatible ? "type " : ""}${from}`;
		case "initializing":
			return `initializing ${into} with an expression of ${word}type ${from}`;
		case "passing":
			return `passing ${from} to parameter of ${word}type ${into}`;
		case "returning":
			return `returning ${from} from a function with ${word}result type ${into}`;
	}
}

function detail(a: Assignment): Detail {
	return {
		...(a.purpose.at === undefined ? { end: a.value.end } : {}),
		...(a.purpose.note ? { notes: [a.purpose.note] } : {}),
	};
}

function refuse(a: Assignment): Expression {
	const at = a.purpose.at ?? a.value.at;
	a.ctx.reports.error("incompatible-types", at, wordsOf(a, true), detail(a));
	return bad(a.value.at, a.value.end);
}

/** `operator` is what the fix puts before the value when `after` recommends it. */
function say(
	a: Assignment,
	severity: "strict" | "error" | "warning",
	id: string,
	before: string,
	after = "",
	operator = "",
): void {
	const { reports } = a.ctx;
	const more = detail(a);
	const fix =
		operator !== "" && after !== ""
			? { title: `insert '${operator}'`, edits: [reports.insertBefore(a.value.at, operator)] }
			: undefined;
	const at = a.purpose.at ?? a.value.at;
	const text = `${before}${wordsOf(a, false)}${after}`;
	reports[severity](id, at, text, fix ? { ...more, fix } : more);
}

/** A constant that its new type cannot hold. */
function warnChanged(a: Assignment, value: bigint): void {
	const from = underlying(a.value.type);
	const to = underlying(a.to);
	if (!from || !to || isBoolean(a.to) || isBoolean(a.value.type)) return;
	const bits = value < 0n ? (~value).toString(2).length + 1 : value.toString(2).length;
	const width = to.size * 8;
	const lostSign = bits === width && to.signed && value > 0n && from.signed;
	if (bits <= width && !lostSign) return;
	const held = to.signed ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
	if (held === value) return;
	const text = `implicit conversion from ${quoteType(a.value.type)} to ${quoteType(unqualified(a.to))} changes value from ${value} to ${held}`;
	a.ctx.reports.warning("constant-conversion", a.value.at, text, { end: a.value.end });
}

/** A floating literal that an integer cannot hold. */
function warnCut(a: Assignment, value: number | undefined, held: bigint): void {
	const plain = a.written.at === a.written.end;
	if (value === undefined || value === Number(held) || !plain) return;
	const shown = canonical(a.to).kind === "bool" ? held === 1n : held;
	const text = `implicit conversion from ${quoteType(a.value.type)} to ${quoteType(unqualified(a.to))} changes value from ${value} to ${shown}`;
	a.ctx.reports.warning("literal-conversion", a.value.at, text, { end: a.value.end });
}

function assignPointer(a: Assignment, type: CType, to: CType): Expression {
	const { value } = a;
	const from = pointeeOf(value.type);
	if (from === undefined) {
		if (!isInteger(value.type)) return refuse(a);
		if (!isNull(value)) {
			const same = isLvalue(a.written) && compatible(value.type, to, true);
			const hint = same ? "; take the address with &" : "";
			say(a, "strict", "int-conversion", "incompatible integer to pointer conversion ", hint, "&");
		}
		return convert(value, type);
	}
	if (from === to || isNull(value)) return convert(value, type);
	checkPointees(a, from, to);
	return convert(value, type);
}

function checkPointees(a: Assignment, from: CType, to: CType): void {
	const have = qualifiersOf(from);
	const want = qualifiersOf(to);
	if (have.space !== want.space) {
		say(a, "error", "address-space", "", " changes address space of pointer");
		return;
	}
	const source = canonical(from);
	const target = canonical(to);
	const lost = (have.const && !want.const) || (have.volatile && !want.volatile);
	if (source.kind === "void" || target.kind === "void" || compatible(from, to, true)) {
		if (lost && source.kind !== "function")
			say(
				a,
				"warning",
				"incompatible-pointer-types-discards-qualifiers",
				"",
				" discards qualifiers",
			);
		return;
	}
	if (isBad({ type: source }) || isBad({ type: target })) return;
	const left = underlying(source);
	const right = underlying(target);
	if (left && right && left.size === right.size && !isBoolean(source) && !isBoolean(target)) {
		const plain = left.name === "char" || right.name === "char";
		const text = plain
			? " converts between pointers to integer types where one is of the unique plain 'char' type and the other is not"
			: " converts between pointers to integer types with different sign";
		say(a, "warning", "pointer-sign", "", text);
	} else if (functionTypeOf(from) && functionTypeOf(to) && !isPointer(from))
		say(a, "strict", "incompatible-function-pointer-types", "incompatible function pointer types ");
	else if (nestedQualifiers(from, to)) {
		const text = " discards qualifiers in nested pointer types";
		say(a, "warning", "incompatible-pointer-types-discards-qualifiers", "", text);
	} else say(a, "strict", "incompatible-pointer-types", "incompatible pointer types ");
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
