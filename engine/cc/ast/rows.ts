// What is written as a row but nested as a tree, as rows: `else if`, labels before a statement, operators of one rank. The rows may be
// longer than calls can be nested.

import type { Expression, Statement } from "./tree.ts";

/** What the conditions of an `if` and its `else if` choose from: each `then`, and what stands behind the last `else`. */
export function armsOf(s: Extract<Statement, { kind: "if" }>): Statement[] {
	const arms: Statement[] = [];
	let at: Statement | undefined = s;
	for (; at?.kind === "if"; at = at.otherwise) arms.push(at.then);
	if (at) arms.push(at);
	return arms;
}

/** The statement that the labels stand before. */
export function behindLabels(s: Statement): Statement {
	let at = s;
	while (at.kind === "case" || at.kind === "label") at = at.body;
	return at;
}

/** The expressions between commas. */
export function commasOf(e: Expression): Expression[] {
	const row: Expression[] = [];
	let at = e;
	for (; at.kind === "comma"; at = at.left) row.push(at.right);
	row.push(at);
	return row.reverse();
}
