// Warnings about operators that do not mean what they look like, or whose result is always the same. Takes operands as they were
// written, lvalues and all.

import {
	type BinaryOp,
	type CType,
	canonical,
	compatible,
	type Expression,
	isBoolean,
	isInteger,
	isPointer,
	numberOf,
	quoteType,
	sizeOf,
	underlying,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { type Context, shownName } from "./context.ts";
import { bitField, isNull, rvalue } from "./convert.ts";
import type { Note } from "./report.ts";

const comparisons = new Set<string>(["==", "!=", "<", "<=", ">", ">="]);
const isEquality = (op: string) => op === "==" || op === "!=";

/** The operator of an operand that stands there without parentheses. */
function bare(e: Expression): { op: string; at: Location } | undefined {
	if (e.kind !== "binary" || e.at !== e.left.at) return undefined;
	return { op: e.op, at: e.opAt ?? e.at };
}

/** `left op right`, with the place of the operator. */
export interface Operation {
	readonly op: BinaryOp;
	readonly left: Expression;
	readonly right: Expression;
	readonly opAt: Location;
}

/** What is odd about an operation. */
export function warnBinary(ctx: Context, operation: Operation): void {
	const { op, left, right, opAt } = operation;
	if (op === "|" || op === "^") for (const side of [left, right]) mixed(ctx, op, side, "&^");
	if (op === "<<" || op === ">>") for (const side of [left, right]) mixed(ctx, op, side, "+-");
	const compares = comparisons.has(op);
	if (compares || op === "&" || op === "|" || op === "^") notOnLeft(ctx, op, left, right);
	if (op === "<<") shifted(ctx, left, right, opAt);
	if (!compares || ctx.reports.inMacroBody(opAt)) return;
	const inner = bare(left);
	if (inner && /^[<>]=?$/.test(inner.op) && /^[<>]=?$/.test(op)) {
		const text = `chained comparison 'X ${inner.op} Y ${op} Z' does not behave the same as a mathematical expression`;
		ctx.reports.strict("chained-comparison", opAt, text);
		return;
	}
	if (ctx.unevaluated === 0) compared(ctx, operation);
}

/** An operator beside another that binds differently from what one may think. */
function mixed(ctx: Context, op: string, side: Expression, which: string): void {
	const inner = bare(side);
	if (!inner || !which.includes(inner.op) || inner.op === op) return;
	const { reports } = ctx;
	if (reports.inMacroBody(inner.at)) return;
	const shift = op === "<<" || op === ">>";
	const text = shift
		? `operator '${op}' has lower precedence than '${inner.op}'; '${inner.op}' will be evaluated first`
		: `'${inner.op}' within '${op}'`;
	const what = `place parentheses around the '${inner.op}' expression`;
	const edits = [reports.insertBefore(side.at, "("), reports.insertAfter(side.end, ")")];
	reports.warning(shift ? "shift-op-parentheses" : "bitwise-op-parentheses", inner.at, text, {
		notes: [{ message: `${what} to silence this warning`, at: inner.at }],
		fix: { title: what, edits },
	});
}

/** `!a == b`, `!flags & bit`. */
function notOnLeft(ctx: Context, op: string, left: Expression, right: Expression): void {
	if (left.kind !== "unary" || left.op !== "!" || ctx.reports.text(left.at, left.at) !== "!")
		return;
	if (isTruth(right) || isTruth(left.operand) || ctx.reports.inMacroBody(left.at)) return;
	const bitwise = !comparisons.has(op);
	const what = bitwise ? "bitwise operator" : "comparison";
	const { reports } = ctx;
	const { at } = left;
	const edits = [reports.insertAfter(at, "("), reports.insertAfter(right.end, ")")];
	const text = `logical not is only applied to the left hand side of this ${what}`;
	reports.warning("logical-not-parentheses", at, text, {
		notes: [
			{ message: `add parentheses after the '!' to evaluate the ${what} first`, at },
			{ message: "add parentheses around left hand side expression to silence this warning", at },
		],
		fix: { title: `evaluate the ${what} first`, edits },
	});
}

/** Known to be 0 or 1. */
function isTruth(e: Expression): boolean {
	if (isBoolean(e.type) || e.kind === "logical") return true;
	if (e.kind === "unary" && e.op === "!") return true;
	if (e.kind === "load" || e.kind === "cast") return isBoolean(e.type);
	return e.kind === "binary" && comparisons.has(e.op);
}

function shifted(ctx: Context, left: Expression, right: Expression, opAt: Location): void {
	const value = numberOf(rvalue(left));
	const count = numberOf(rvalue(right));
	const type = underlying(left.type);
	if (!type?.signed || value === undefined || ctx.unevaluated > 0) return;
	if (value < 0n) {
		const text = "shifting a negative signed value is undefined";
		ctx.reports.warning("shift-negative-value", opAt, text);
		return;
	}
	const size = Math.max(4, type.size);
	if (count === undefined || count < 0n || count >= BigInt(size * 8) || value === 0n) return;
	const result = value << count;
	const bits = result.toString(2).length;
	if (bits <= size * 8) return;
	const name = size === type.size ? quoteType(left.type) : "'int'";
	const text = `signed shift result (0x${result.toString(16).toUpperCase()}) requires ${bits + 1} bits to represent, but ${name} only has ${size * 8} bits`;
	ctx.reports.warning("shift-overflow", opAt, text);
}

function compared(ctx: Context, operation: Operation): void {
	const { op, left, right, opAt } = operation;
	if (withString(ctx, operation)) return;
	if (pointerAgainstNull(ctx, op, left, right) || pointerAgainstNull(ctx, op, right, left)) return;
	if (samePlace(left, right)) {
		const holds = op === "==" || op === "<=" || op === ">=";
		const text = `self-comparison always evaluates to ${holds}`;
		ctx.reports.warning("tautological-compare", opAt, text);
		return;
	}
	enums(ctx, operation);
	signs(ctx, operation);
	outOfRange(ctx, operation);
}

function withString(ctx: Context, operation: Operation): boolean {
	const { op, left, right, opAt } = operation;
	const string = left.kind === "string" || right.kind === "string";
	if (!string || isNull(left) || isNull(right) || !isEquality(op)) return false;
	if (left.kind !== "string" && !isPointer(rvalue(left).type)) return false;
	if (right.kind !== "string" && !isPointer(rvalue(right).type)) return false;
	const text =
		"result of comparison against a string literal is unspecified (use an explicit string comparison function instead)";
	ctx.reports.warning("string-compare", opAt, text);
	return true;
}

/** What an address that is never null belongs to, in clang's words, with the place of its name. */
function solid(e: Expression): { what: string; isFunction: boolean } | undefined {
	let at = e;
	while (at.kind === "decay" || (at.kind === "cast" && at.implicit)) at = at.operand;
	if (at.kind === "function") {
		if (e.at !== at.at) return undefined;
		if (at.function.attributes.weak) return undefined;
		return { what: `function '${at.function.name}'`, isFunction: true };
	}
	if (at.kind === "address" && at.operand.kind === "variable") {
		if (at.operand.variable.attributes.weak) return undefined;
		return { what: `address of '${shownName(at.operand.variable)}'`, isFunction: false };
	}
	if (canonical(at.type).kind !== "array") return undefined;
	const name = arrayName(at);
	return name === undefined ? undefined : { what: `array '${name}'`, isFunction: false };
}

function arrayName(e: Expression): string | undefined {
	if (e.kind === "variable") return e.variable.attributes.weak ? undefined : shownName(e.variable);
	if (e.kind !== "member" || e.member.name === "") return undefined;
	const { base } = e;
	if (base.kind === "dereference" && base.operand.kind === "load") {
		const name = arrayName(base.operand.operand);
		return name === undefined ? undefined : `${name}->${e.member.name}`;
	}
	const name = arrayName(base);
	return name === undefined ? undefined : `${name}.${e.member.name}`;
}

function pointerAgainstNull(ctx: Context, op: BinaryOp, e: Expression, zero: Expression): boolean {
	if (!isNull(rvalue(zero)) || !isEquality(op) || ctx.reports.inMacroBody(e.at)) return false;
	const of = solid(e);
	if (!of) return false;
	const text = `comparison of ${of.what} ${op === "==" ? "" : "not "}equal to a null pointer is always ${op !== "=="}`;
	const at = e.kind === "address" ? e.operand.at : e.kind === "member" ? e.end : e.at;
	ctx.reports.warning("tautological-pointer-compare", at, text, { notes: prefix(of, at) });
	return true;
}

function prefix(of: { readonly isFunction: boolean }, at: Location): Note[] {
	if (!of.isFunction) return [];
	return [{ message: "prefix with the address-of operator to silence this warning", at }];
}

/** An address as a condition: it is always true. */
export function warnAlwaysTrue(ctx: Context, e: Expression): void {
	if (ctx.unevaluated > 0 || ctx.reports.inMacroBody(e.at)) return;
	const of = solid(e);
	if (!of) return;
	const what = of.what.startsWith("address of ") ? of.what : `address of ${of.what}`;
	const at = e.kind === "address" ? e.operand.at : e.kind === "member" ? e.end : e.at;
	const text = `${what} will always evaluate to 'true'`;
	ctx.reports.warning("pointer-bool-conversion", at, text, { notes: prefix(of, at) });
}

/** Whether two lvalues are one object, read without effects. */
export function samePlace(a: Expression, b: Expression): boolean {
	if (a.kind === "variable" && b.kind === "variable") return a.variable === b.variable;
	if (a.kind === "member" && b.kind === "member")
		return a.member === b.member && samePlace(a.base, b.base);
	if (a.kind === "dereference" && b.kind === "dereference") return samePlace(a.operand, b.operand);
	if (a.kind === "load" && b.kind === "load") return samePlace(a.operand, b.operand);
	return false;
}

function enums(ctx: Context, { left, right, opAt }: Operation): void {
	const a = canonical(left.type);
	const b = canonical(right.type);
	if (a.kind !== "enum" || b.kind !== "enum" || a.tag === b.tag) return;
	if (a.tag.name === "" || b.tag.name === "") return;
	const text = `comparison of different enumeration types (${quoteType(left.type)} and ${quoteType(right.type)})`;
	ctx.reports.warning("enum-compare", opAt, text);
}

/** -Wextra: a signed value that becomes unsigned to be compared. */
function signs(ctx: Context, operation: Operation): void {
	const { op, left, right, opAt } = operation;
	if (!ctx.shown.any("sign-compare")) return;
	const a = underlying(left.type);
	const b = underlying(right.type);
	if (!a || !b || isBoolean(left.type) || isBoolean(right.type)) return;
	const signed = a.signed ? left : right;
	const other = a.signed ? right : left;
	const unsigned = a.signed ? b : a;
	if (a.signed === b.signed || unsigned.size < 4 || unsigned.size < sizeOf(signed.type)) return;
	const known = numberOf(rvalue(signed));
	if (known !== undefined && known >= 0n) return;
	if (isEquality(op) && numberOf(rvalue(other)) !== undefined) return;
	const text = `comparison of integers of different signs: ${quoteType(left.type)} and ${quoteType(right.type)}`;
	ctx.reports.warning("sign-compare", opAt, text);
}

/** A comparison with a constant that the other side's type can never hold. */
function outOfRange(ctx: Context, operation: Operation): void {
	const { op, left, right, opAt } = operation;
	const swap = numberOf(rvalue(left)) !== undefined;
	const tested = swap ? right : left;
	const constant = numberOf(rvalue(swap ? left : right));
	if (constant === undefined || numberOf(rvalue(tested)) !== undefined) return;
	const type = underlying(tested.type);
	if (!type || !isInteger(tested.type) || isBoolean(tested.type) || bitField(tested)) return;
	if (canonical(tested.type).kind === "enum" || tested.kind === "binary") return;
	const other = underlying((swap ? left : right).type);
	// In a common type that is unsigned, negative numbers are large ones.
	if (!type.signed && constant < 0n && type.size >= 4) return;
	if (type.signed && other && !other.signed && other.size >= Math.max(4, type.size)) return;
	const bits = BigInt(type.size * 8);
	const low = type.signed ? -(1n << (bits - 1n)) : 0n;
	const high = type.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
	if (constant >= low && constant <= high) return;
	const above = constant > high;
	const less = swap ? /^>/.test(op) : /^</.test(op);
	const holds = op === "!=" || (op !== "==" && above === less);
	const text = `result of comparison of constant ${constant} with expression of type ${quoteType(tested.type)} is always ${holds}`;
	ctx.reports.warning("tautological-constant-out-of-range-compare", opAt, text);
}

/** `a && 4`: perhaps `a & 4` was meant; and comparisons beside each other that leave nothing over. */
export function warnLogical(
	ctx: Context,
	op: "&&" | "||",
	left: Expression,
	right: Expression,
	opAt: Location,
): void {
	if (ctx.unevaluated > 0 || ctx.reports.inMacroBody(opAt)) return;
	const known = right.kind === "number" && right.enumerator === undefined ? right.value : undefined;
	const both = left.kind === "number" || isTruth(left);
	if (known !== undefined && known !== 0n && known !== 1n && !both && isInteger(left.type)) {
		const one = op[0] ?? "";
		const { reports } = ctx;
		reports.warning(
			"constant-logical-operand",
			opAt,
			`use of logical '${op}' with constant operand`,
			{
				notes: [
					{ message: `use '${one}' for a bitwise operation`, at: opAt },
					...(op === "&&"
						? [{ message: "remove constant to silence this warning", at: opAt }]
						: []),
				],
				fix: { title: `use '${one}'`, edits: [reports.replace(opAt, one)] },
			},
		);
	}
	overlapping(ctx, op, left, right, opAt);
}

interface Test {
	readonly place: Expression;
	readonly op: string;
	readonly value: bigint;
}

const turned: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

function testOf(e: Expression): Test | undefined {
	if (e.kind !== "binary" || !comparisons.has(e.op)) return undefined;
	const a = numberOf(e.left);
	const b = numberOf(e.right);
	if (b !== undefined && a === undefined) return { place: stripped(e.left), op: e.op, value: b };
	if (a === undefined || b !== undefined) return undefined;
	return { place: stripped(e.right), op: turned[e.op] ?? e.op, value: a };
}

function stripped(e: Expression): Expression {
	return e.kind === "cast" && e.implicit ? stripped(e.operand) : e;
}

/** `a > 3 && a < 2`, `a != 1 || a != 2`. */
function overlapping(
	ctx: Context,
	op: "&&" | "||",
	left: Expression,
	right: Expression,
	opAt: Location,
): void {
	if (!ctx.shown.any("tautological-overlap-compare")) return;
	const a = testOf(left);
	const b = testOf(right);
	if (!a || !b || !samePlace(a.place, b.place)) return;
	const points = [a.value, b.value].flatMap((v) => [v - 1n, v, v + 1n]);
	const results = points.map((p) =>
		op === "&&" ? holds(p, a) && holds(p, b) : holds(p, a) || holds(p, b),
	);
	if (results.some((r) => r !== results[0])) return;
	const always = results[0] === true;
	const text = `${always ? "" : "non-"}overlapping comparisons always evaluate to ${always}`;
	ctx.reports.warning("tautological-overlap-compare", opAt, text);
}

function holds(value: bigint, test: Test): boolean {
	switch (test.op) {
		case "==":
			return value === test.value;
		case "!=":
			return value !== test.value;
		case "<":
			return value < test.value;
		case "<=":
			return value <= test.value;
		case ">":
			return value > test.value;
		default:
			return value >= test.value;
	}
}

/** `(a & 1) == 2`, `(a | 4) == 0`, told where the comparison stands. */
export function warnBits(
	ctx: Context,
	op: string,
	left: Expression,
	right: Expression,
	opAt: Location,
): void {
	if (!ctx.shown.any("tautological-bitwise-compare") || !isEquality(op)) return;
	const value = numberOf(right);
	const bits = left.kind === "binary" && (left.op === "&" || left.op === "|") ? left : undefined;
	const mask = bits && (numberOf(bits.right) ?? numberOf(bits.left));
	if (value === undefined || mask === undefined || !bits) return;
	const never = bits.op === "&" ? (value & ~mask) !== 0n : (mask & ~value) !== 0n;
	if (!never) return;
	const text = `bitwise comparison always evaluates to ${op === "!="}`;
	ctx.reports.warning("tautological-bitwise-compare", opAt, text);
}

/** `if ((a == b))`: the second parentheses are those of an assignment. */
export function warnParentheses(ctx: Context, e: Expression): void {
	if (e.kind !== "binary" || e.op !== "==" || e.at === e.left.at) return;
	const { reports } = ctx;
	const at = e.opAt ?? e.at;
	if (at < 0 || reports.text(e.at, e.at) !== "(" || reports.text(e.end, e.end) !== ")") return;
	const inner = e.left.kind === "cast" ? e.left.operand : e.left;
	if (inner.kind !== "load") return;
	reports.warning("parentheses-equality", at, "equality comparison with extraneous parentheses", {
		notes: [
			{
				message: "remove extraneous parentheses around the comparison to silence this warning",
				at,
			},
			{ message: "use '=' to turn this equality comparison into an assignment", at },
		],
		fix: {
			title: "remove the parentheses",
			edits: [reports.replace(e.at, ""), reports.replace(e.end, "")],
		},
	});
}

/** A value of one enumeration that goes where another is kept. */
export function warnEnum(ctx: Context, value: Expression, to: CType): void {
	const a = canonical(value.type);
	const b = canonical(to);
	if (a.kind !== "enum" || b.kind !== "enum" || compatible(a, b)) return;
	const text = `implicit conversion from enumeration type ${quoteType(value.type)} to different enumeration type ${quoteType(to)}`;
	ctx.reports.warning("implicit-enum-enum-cast", value.at, text, { end: value.end });
}
