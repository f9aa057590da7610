// Warnings about statements that do nothing, or not what they look like.

import {
	type Attributes,
	type CaseLabel,
	canonical,
	type Expression,
	qualifiersOf,
	quoteType,
} from "../ast/index.ts";
import type { Location } from "../token.ts";
import { type Context, shownName } from "./context.ts";
import { calledFunction } from "./paths.ts";

const comparison = /^(?:[<>=!]=|[<>])$/;

/** Warns of a statement that does nothing. */
export function warnUnused(ctx: Context, e: Expression, text = "expression result unused"): void {
	const { reports } = ctx;
	const from = e.kind === "binary" ? (e.opAt ?? e.at) : e.at;
	if (reports.inMacroBody(from)) return;
	switch (e.kind) {
		case "binary": {
			const at = e.opAt ?? e.at;
			const what = e.op === "==" ? "equality" : e.op === "!=" ? "inequality" : "relational";
			if (!comparison.test(e.op)) reports.warning("unused-value", at, text);
			else if (what === "relational")
				reports.warning("unused-comparison", at, "relational comparison result unused");
			else unusedEquality(ctx, what, at);
			break;
		}
		case "variable":
		case "member":
		case "index":
		case "dereference":
			if (!qualifiersOf(e.type).volatile)
				reports.warning("unused-value", e.at, text, { end: e.end });
			break;
		case "comma":
			warnUnused(ctx, e.right, text);
			break;
		case "load":
			warnUnused(ctx, e.operand, text);
			break;
		case "call":
			unusedResult(ctx, e);
			break;
		case "statements":
			if (e.value) warnUnused(ctx, e.value, text);
			break;
		case "address":
		case "function":
		case "decay":
		case "unary":
		case "number":
		case "offset":
		case "string":
			reports.warning("unused-value", e.at, text, { end: e.end });
			break;
		default:
	}
}

function unusedResult(ctx: Context, e: Extract<Expression, { kind: "call" }>): void {
	const called = calledFunction(e.callee)?.attributes;
	const start = "ignoring return value of function declared with";
	if (called?.resultUsed)
		ctx.reports.warning("unused-result", e.at, `${start} 'warn_unused_result' attribute`);
	else if (called?.effectless)
		ctx.reports.warning("unused-value", e.at, `${start} ${called.effectless} attribute`);
}

function unusedEquality(ctx: Context, what: string, at: Location): void {
	const { reports } = ctx;
	const or = what === "equality" ? "" : "or-";
	const word = or === "" ? "=" : "|=";
	const into = or === "" ? "an assignment" : "an or-assignment";
	reports.warning("unused-comparison", at, `${what} comparison result unused`, {
		notes: [{ message: `use '${word}' to turn this ${what} comparison into ${into}`, at }],
		fix: { title: `use '${word}'`, edits: [reports.replace(at, word)] },
	});
}

/** `if (a = b)` without parentheses around the assignment. */
export function warnAssignment(ctx: Context, e: Extract<Expression, { kind: "assign" }>): void {
	if (e.at !== e.target.at) return;
	const at = e.opAt ?? e.at;
	const { reports } = ctx;
	const text = "using the result of an assignment as a condition without parentheses";
	reports.warning("parentheses", at, text, {
		notes: [
			{ message: "place parentheses around the assignment to silence this warning", at },
			{ message: "use '==' to turn this assignment into an equality comparison", at },
		],
		fix: { title: "use '=='", edits: [reports.replace(at, "==")] },
	});
}

/** `return &local;` */
export function warnReturned(ctx: Context, e: Expression): void {
	let at = e;
	while (at.kind === "cast" || at.kind === "offset")
		at = at.kind === "cast" ? at.operand : at.pointer;
	const isArray = canonical(at.type).kind === "array";
	if (at.kind !== "address" && at.kind !== "decay" && !isArray) return;
	let place = at.kind === "address" || at.kind === "decay" ? at.operand : at;
	while (
		place.kind === "member" ||
		(place.kind === "index" && canonical(place.base.type).kind === "array")
	)
		place = place.base;
	if (place.kind !== "variable") return;
	const { variable } = place;
	if (variable.storage !== "auto" && variable.storage !== "parameter") return;
	const what = variable.storage === "auto" ? "local variable" : "parameter";
	const text = `address of stack memory associated with ${what} '${shownName(variable)}' returned`;
	ctx.reports.warning("return-stack-address", place.at, text);
}

/** An index behind the end of a variable, or before its start. */
export function warnIndex(ctx: Context, base: Expression, index: Expression, used = false): void {
	if (base.kind !== "variable" || index.kind !== "number" || ctx.unevaluated > 0) return;
	const core = canonical(base.type);
	if (core.kind !== "array" || core.length === undefined) return;
	const { value } = index;
	const end = BigInt(core.length) - (used ? 1n : 0n);
	if (value >= 0n && value <= end) return;
	const place =
		value < 0n
			? "is before the beginning of the array"
			: `is past the end of the array (that has type ${quoteType(base.type)})`;
	const notes = [{ message: `array '${base.variable.name}' declared here`, at: base.variable.at }];
	ctx.reports.warning("array-bounds", base.at, `array index ${value} ${place}`, { notes });
}

/** A `switch` over an enum without `default` that leaves enumerators out. */
export function warnUnhandled(ctx: Context, value: Expression, cases: readonly CaseLabel[]): void {
	const core = canonical(value.type);
	if (core.kind !== "enum" || cases.some((c) => c.low === undefined)) return;
	const handled = (v: bigint) =>
		cases.some((c) => c.low !== undefined && c.low <= v && v <= (c.high ?? c.low));
	const missing = new Map<bigint, string>();
	for (const { name, value: v } of core.tag.values)
		if (!handled(v) && !missing.has(v)) missing.set(v, `'${name}'`);
	const names = [...missing.values()];
	if (names.length === 0) return;
	const first = names.slice(0, 3);
	const last = first.length - 1;
	const list =
		names.length > 3
			? `${first.join(", ")}...`
			: names.length === 3
				? `${first.slice(0, last).join(", ")}, and ${first[last]}`
				: first.join(" and ");
	const text =
		names.length > 3
			? `${names.length} enumeration values not handled in switch: ${list}`
			: `enumeration value${names.length > 1 ? "s" : ""} ${list} not handled in switch`;
	ctx.reports.warning("switch", value.at, text, { end: value.end });
}

/** What is odd about the labels of a `switch`. */
export function warnCases(
	ctx: Context,
	value: Expression,
	cases: readonly { readonly low: bigint; readonly at: Location; readonly written: bigint }[],
	keyword: Location,
): void {
	const core = canonical(value.type);
	const { reports } = ctx;
	const known =
		value.kind === "binary" ||
		value.kind === "logical" ||
		(value.kind === "unary" && value.op === "!");
	const truth = core.kind === "bool" || (known && /^([<>=!]=|[<>]|&&|\|\||!)$/.test(value.op));
	if (truth) reports.warning("switch-bool", keyword, "switch condition has boolean value");
	for (const { low, at, written } of cases)
		if (low !== written) {
			const text = `overflow converting case value to switch condition type (${written} to ${low})`;
			reports.warning("switch", at, text);
		} else if (core.kind === "enum" && !core.tag.values.some((v) => v.value === low)) {
			const text = `case value not in enumerated type ${quoteType(value.type)}`;
			reports.warning("switch", at, text);
		}
}

/** The use of what is declared `deprecated`. */
export function warnDeprecated(
	ctx: Context,
	target: { readonly name: string; readonly attributes: Attributes },
	at: Location,
): void {
	const { deprecated } = target.attributes;
	if (!deprecated || ctx.current === target) return;
	const name = shownName(target);
	const why = deprecated.text === "" ? "" : `: ${deprecated.text}`;
	ctx.reports.warning("deprecated-declarations", at, `'${name}' is deprecated${why}`, {
		notes: [{ message: `'${name}' has been explicitly marked deprecated here`, at: deprecated.at }],
	});
}
