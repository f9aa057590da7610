// Statements inside of expressions: `({ … })`.

import type { Expression } from "../ast/tree.ts";
import type { Context } from "./context.ts";

/** Runs the statements and computes the value while their variables live; undefined for a void one. */
export function statementValue<T>(
	c: Context,
	e: Extract<Expression, { kind: "statements" }>,
	compute: (value: Expression) => T,
): T | undefined {
	const depth = c.scopes.length;
	c.scopes.push({ source: e.body, leave: [] });
	for (const item of e.body.items) {
		// The last statement may stand in the body as well as in `value`.
		if (e.value && item.kind === "expression" && item.expression === e.value) continue;
		c.ops.statement(c, item);
	}
	const value = e.value && compute(e.value);
	if (c.b.open) c.unwind(depth);
	c.scopes.length = depth;
	return value;
}
