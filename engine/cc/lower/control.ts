// Expressions for their effects, and conditions as branches.

import type { Block, Node } from "../../ssa/index.ts";
import { commasOf } from "../ast/index.ts";
import type { Expression } from "../ast/tree.ts";
import { atomicBuiltin } from "./atomic.ts";
import { callVoid } from "./call.ts";
import type { Context } from "./context.ts";
import { toTruth } from "./convert.ts";
import { statementValue } from "./inner.ts";
import { differs } from "./library.ts";
import { assignMemory } from "./memory.ts";
import { truth } from "./scalar.ts";
import { isVolatile, valueClass } from "./types.ts";

/** Computes an expression whose value nobody wants. */
export function effect(c: Context, e: Expression): void {
	switch (e.kind) {
		case "number":
		case "string":
		case "variable":
			return;
		case "function":
			c.symbols.function(e.function);
			return;
		case "cast":
		case "unary":
			effect(c, e.operand);
			return;
		case "comma":
			for (const part of commasOf(e)) effect(c, part);
			return;
		case "call":
			callVoid(c, e);
			return;
		case "load":
			if (isVolatile(e.operand.type)) c.scalar(e);
			else effect(c, e.operand);
			return;
		case "decay":
		case "address":
			effect(c, e.operand);
			return;
		case "member":
			effect(c, e.base);
			return;
		case "dereference":
			effect(c, e.operand);
			return;
		case "conditional":
			conditional(c, e);
			return;
		case "statements":
			statementValue(c, e, (value) => effect(c, value));
			return;
		case "builtin":
			if (/^__(sync|atomic|c11)_/.test(e.name)) atomicBuiltin(c, e, false);
			else c.scalar(e);
			return;
		case "assign":
			if (valueClass(e.type) === "memory") {
				assignMemory(c, e);
				return;
			}
			break;
		default:
	}
	discard(c, e);
}

function discard(c: Context, e: Expression): void {
	const held = valueClass(e.type);
	if (held === "wide") c.ops.wide(c, e);
	else if (held === "memory" || held === "none") c.ops.place(c, e);
	else c.scalar(e);
}

function conditional(c: Context, e: Extract<Expression, { kind: "conditional" }>): void {
	const yes = c.b.newBlock();
	const no = c.b.newBlock();
	const end = c.b.newBlock();
	c.ops.branch(c, e.condition, yes, no);
	c.b.at(yes);
	if (e.then) effect(c, e.then);
	if (c.b.open) c.b.br(end);
	c.b.at(no);
	effect(c, e.otherwise);
	if (c.b.open) c.b.br(end);
	c.b.at(end);
}

/** Goes to `then` when the expression is not zero. */
export function branch(
	c: Context,
	e: Expression,
	then: Block,
	otherwise: Block,
	likely?: boolean,
): void {
	switch (e.kind) {
		case "number":
			c.b.br(e.value === 0n ? otherwise : then);
			return;
		case "unary":
			if (e.op !== "!") break;
			branch(c, e.operand, otherwise, then, likely === undefined ? undefined : !likely);
			return;
		case "logical":
			branchRow(c, e, then, otherwise, likely);
			return;
		case "cast":
			if (isTruthCast(e)) {
				branch(c, e.operand, then, otherwise, likely);
				return;
			}
			break;
		case "builtin":
			if (/expect(_with_probability)?$/.test(e.name)) {
				expected(c, e, then, otherwise);
				return;
			}
			break;
		case "comma":
			effect(c, e.left);
			branch(c, e.right, then, otherwise, likely);
			return;
		default:
	}
	const value = comparedMemory(c, e) ?? truth(c, e);
	c.at(e.at);
	c.b.condbr(toTruth(c, value), then, otherwise, likely);
}

/** The operands of a row of `&&` and `||`, each a condition. */
function branchRow(
	c: Context,
	e: Extract<Expression, { kind: "logical" }>,
	then: Block,
	otherwise: Block,
	likely: boolean | undefined,
): void {
	const todo: (() => void)[] = [];
	let at: Expression = e;
	let [yes, no, hint] = [then, otherwise, likely];
	while (at.kind === "logical") {
		const middle = c.b.newBlock();
		const { right } = at;
		const ways = [yes, no, hint] as const;
		todo.push(() => {
			c.b.at(middle);
			branch(c, right, ...ways);
		});
		if (at.op === "&&") yes = middle;
		else no = middle;
		if (hint !== (at.op === "&&")) hint = undefined;
		at = at.left;
	}
	branch(c, at, yes, no, hint);
	for (const next of todo.reverse()) next();
}

/** A conversion that keeps zero zero: to bool, or of an int or bool to a wider type. */
function isTruthCast(e: Extract<Expression, { kind: "cast" }>): boolean {
	const [from, to] = [valueClass(e.operand.type), valueClass(e.type)];
	if (from === "none" || from === "memory" || to === "none") return false;
	if (to === "i64" || to === "wide") return true;
	if (e.type.kind === "bool") return true;
	const logical =
		e.operand.kind === "logical" || (e.operand.kind === "unary" && e.operand.op === "!");
	const compares = e.operand.kind === "binary" && /^[<>=!]=?$/.test(e.operand.op);
	return (logical || compares) && to === "i32";
}

function expected(
	c: Context,
	e: Extract<Expression, { kind: "builtin" }>,
	then: Block,
	otherwise: Block,
): void {
	const [value, wanted] = e.args;
	if (!value) return;
	const known = wanted?.kind === "cast" ? wanted.operand : wanted;
	const likely = known?.kind === "number" ? known.value !== 0n : undefined;
	branch(c, value, then, otherwise, likely);
}

const compares = /^(__builtin_)?(memcmp|bcmp)$/;

/** `memcmp(…)`, `memcmp(…) == 0` and `!= 0`, where the order does not matter. */
function comparedMemory(c: Context, e: Expression): Node | undefined {
	if (e.kind === "binary" && (e.op === "==" || e.op === "!=")) {
		if (e.right.kind !== "number" || e.right.value !== 0n) return undefined;
		const value = comparedMemory(c, e.left);
		if (!value || e.op === "!=") return value;
		return c.b.icmp("eq", value, c.b.i32(0));
	}
	if (e.kind === "builtin" && compares.test(e.name)) return differs(c, e);
	if (e.kind !== "call") return undefined;
	const callee = e.callee.kind === "decay" ? e.callee.operand : e.callee;
	const name = callee.kind === "function" && !callee.function.body ? callee.function.name : "";
	return compares.test(name) ? differs(c, e) : undefined;
}
