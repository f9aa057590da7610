// Warnings about statements that do nothing, or not what they look like.

import { type Expression, qualifiersOf } from "../ast/index.ts";
import type { Location } from "../token.ts";
import type { Context } from "./context.ts";

const comparison = /^(?:[<>=!]=|[<>])$/;

/** Warns of a statement that does nothing. */
export function warnUnused(ctx: Context, e: Expression, text = "expression result unused"): void {
	const { reports } = ctx;
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
		case "load":
			warnUnused(ctx, e.operand, text);
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
