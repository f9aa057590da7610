// Statements → blocks. Every way out of a scope (its end, break, continue, goto, return) runs the cleanups of its variables and ends
// their lifetimes.

import type { Block, Node } from "../../ssa/index.ts";
import { armsOf, recordOf } from "../ast/index.ts";
import type {
	Block as CBlock,
	CFunction,
	Expression,
	Statement,
	Unroll,
	Variable,
} from "../ast/tree.ts";
import type { CType } from "../ast/type.ts";
import { assembly } from "./assembly.ts";
import { resultType, returnsMemory } from "./call.ts";
import type { Context, Jump } from "./context.ts";
import { effect } from "./control.ts";
import { storeWide } from "./convert.ts";
import { switchStatement } from "./switch.ts";
import { alignOf, functionOf, sizeOf, valueClass } from "./types.ts";

type Of<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

export function statement(c: Context, s: Statement): void {
	switch (s.kind) {
		case "block":
			block(c, s);
			return;
		case "declare":
			for (const v of s.variables) declare(c, v);
			return;
		case "expression":
			effect(c, s.expression);
			return;
		case "if":
			conditional(c, s);
			return;
		case "while":
			whileLoop(c, s);
			return;
		case "do":
			doLoop(c, s);
			return;
		case "for":
			forLoop(c, s);
			return;
		case "switch":
			switchStatement(c, s);
			return;
		case "case":
		case "label":
			labels(c, s);
			return;
		case "goto":
			jumpTo(c, s);
			return;
		case "break":
			leaveTo(c, c.breakTo);
			return;
		case "continue":
			leaveTo(c, c.continueTo);
			return;
		case "return":
			returnStatement(c, s);
			return;
		case "asm":
			assembly(c, s);
			return;
		case "empty":
			return;
	}
}

/** Control falls into `target`. */
function enter(c: Context, target: Block): void {
	if (c.b.open) c.b.br(target);
	c.b.at(target);
}

/** Labels in a row, and the statement behind them. */
function labels(c: Context, s: Of<"case" | "label">): void {
	let at: Statement = s;
	for (; at.kind === "case" || at.kind === "label"; at = at.body) {
		const target = at.kind === "label" ? labelBlock(c, at.name) : c.cases.get(at.label);
		if (target) enter(c, target);
	}
	statement(c, at);
}

function labelBlock(c: Context, name: string): Block {
	const target = c.labels.get(name) ?? c.b.newBlock();
	c.labels.set(name, target);
	return target;
}

function block(c: Context, s: CBlock): void {
	const depth = c.scopes.length;
	c.scopes.push({ source: s, leave: [] });
	for (const item of s.items) statement(c, item);
	if (c.b.open) c.unwind(depth);
	c.scopes.length = depth;
}

function conditional(c: Context, s: Of<"if">): void {
	let end: Block | undefined;
	for (let at: Statement = s; ; ) {
		if (at.kind !== "if") {
			statement(c, at);
			break;
		}
		const then = c.b.newBlock();
		const otherwise = at.otherwise && c.b.newBlock();
		end ??= c.b.newBlock();
		c.ops.branch(c, at.condition, then, otherwise ?? end);
		c.b.at(then);
		statement(c, at.then);
		if (c.b.open) c.b.br(end);
		if (!otherwise || !at.otherwise) break;
		c.b.at(otherwise);
		at = at.otherwise;
	}
	if (end) enter(c, end);
}

/** Runs a loop's body with `break` and `continue` going to the given blocks. */
function body(c: Context, s: Statement, breakTo: Block, continueTo: Block): void {
	const { breakTo: oldBreak, continueTo: oldContinue } = c;
	const depth = c.scopes.length;
	c.breakTo = { target: breakTo, depth };
	c.continueTo = { target: continueTo, depth };
	statement(c, s);
	c.breakTo = oldBreak;
	c.continueTo = oldContinue;
}

function header(c: Context, unroll: Unroll | undefined): Block {
	const made = c.b.newBlock();
	if (unroll !== undefined) made.unroll = unroll;
	return made;
}

function whileLoop(c: Context, s: Of<"while" | "do">): void {
	const head = header(c, s.unroll);
	const inside = c.b.newBlock();
	const end = c.b.newBlock();
	c.at(s.at);
	enter(c, head);
	c.ops.branch(c, s.condition, inside, end);
	c.b.at(inside);
	body(c, s.body, end, head);
	if (c.b.open) c.b.br(head);
	c.b.at(end);
}

function doLoop(c: Context, s: Of<"while" | "do">): void {
	const head = header(c, s.unroll);
	const test = c.b.newBlock();
	const end = c.b.newBlock();
	enter(c, head);
	body(c, s.body, end, test);
	enter(c, test);
	c.ops.branch(c, s.condition, head, end);
	c.b.at(end);
}

function forLoop(c: Context, s: Of<"for">): void {
	const depth = c.scopes.length;
	c.scopes.push({ source: undefined, leave: [] });
	if (s.init) statement(c, s.init);
	const head = header(c, s.unroll);
	const inside = c.b.newBlock();
	const step = c.b.newBlock();
	const end = c.b.newBlock();
	enter(c, head);
	if (s.condition) c.ops.branch(c, s.condition, inside, end);
	else c.b.br(inside);
	c.b.at(inside);
	body(c, s.body, end, step);
	enter(c, step);
	if (s.step) effect(c, s.step);
	c.b.br(head);
	c.b.at(end);
	c.unwind(depth);
	c.scopes.length = depth;
}

function leaveTo(c: Context, jump: Jump | undefined): void {
	if (!jump) return;
	c.unwind(jump.depth);
	c.b.br(jump.target);
}

function jumpTo(c: Context, s: Of<"goto">): void {
	const around = c.labelScopes.get(s.label) ?? [];
	let depth = c.scopes.length;
	while (depth > 0) {
		const { source } = c.scopes[depth - 1] ?? { source: undefined };
		if (source && around.includes(source)) break;
		depth--;
	}
	c.at(s.at);
	c.unwind(Math.max(depth, 1));
	c.b.br(labelBlock(c, s.label));
}

function returnStatement(c: Context, s: Of<"return">): void {
	const { returns } = functionOf(c.source.type);
	let value: Node | undefined;
	if (s.value) value = returned(c, s.value, returns);
	c.at(s.at);
	c.unwind(0);
	const type = resultType(returns);
	if (type) c.b.ret(value ?? c.b.undef(type));
	else c.b.ret();
}

function returned(c: Context, e: Expression, returns: CType): Node | undefined {
	const held = valueClass(returns);
	if (held === "none") {
		effect(c, e);
		return undefined;
	}
	if (returnsMemory(returns) && c.result) {
		if (held === "wide")
			storeWide(
				c,
				{ pointer: c.result, type: returns, volatile: false, align: 8 },
				c.ops.wide(c, e),
			);
		else c.ops.into(c, e, c.result, alignOf(returns));
		return undefined;
	}
	return held === "memory" ? undefined : c.scalar(e);
}

/** The alignment that a local object gets: arrays and records of 8 bytes and more are kept in whole words. */
export function localAlign(v: Variable): number {
	const own = Math.max(alignOf(v.type), v.attributes.aligned ?? 1);
	return sizeOf(v.type) >= 8 ? Math.max(own, 8) : own;
}

function declare(c: Context, v: Variable): void {
	if (v.storage !== "auto") return;
	c.at(v.at);
	const align = localAlign(v);
	const home = c.variables.get(v) ?? c.temporary(Math.max(1, sizeOf(v.type)), align, v.name);
	c.variables.set(v, home);
	const scope = c.scopes.at(-1);
	const marks = scope !== undefined && !bypassed(c, v, scope.source);
	if (marks) {
		c.b.lifetime(true, home);
		if (!isDynptr(v)) scope.leave.push(() => c.b.lifetime(false, home));
	}
	if (v.init) c.ops.initialise(c, v.type, v.init, home, align);
	const { cleanup } = v.attributes;
	if (cleanup && scope) scope.leave.push(() => runCleanup(c, cleanup, home, v));
}

/** The verifier holds on to what is in its place: no helper may write something else there, even when the variable is gone. */
function isDynptr(v: Variable): boolean {
	return recordOf(v.type)?.name === "bpf_dynptr";
}

function runCleanup(c: Context, cleanup: CFunction, home: Node, v: Variable): void {
	c.at(v.at);
	const returns = functionOf(cleanup.type).returns;
	c.b.callFunction(c.symbols.function(cleanup), [home], resultType(returns));
}

/** Whether a jump may come into the scope of a variable behind its declaration. */
function bypassed(c: Context, v: Variable, source: CBlock | undefined): boolean {
	if (!source) return false;
	const from = source.items.findIndex((s) => s.kind === "declare" && s.variables.includes(v));
	return source.items.slice(from + 1).some((s) => hasLabel(c, s));
}

function hasLabel(c: Context, s: Statement): boolean {
	switch (s.kind) {
		case "label":
			return true;
		case "case":
			return true;
		case "block":
			return s.items.some((x) => hasLabel(c, x));
		case "if":
			return armsOf(s).some((x) => hasLabel(c, x));
		case "while":
		case "do":
		case "for":
			return hasLabel(c, s.body);
		case "switch":
			return hasGotoLabel(s.body);
		default:
			return false;
	}
}

function behindCases(s: Statement): Statement {
	let at = s;
	while (at.kind === "case") at = at.body;
	return at;
}

/** Labels of `goto` inside of a switch; its own cases are entered through it alone. */
function hasGotoLabel(s: Statement): boolean {
	switch (s.kind) {
		case "label":
			return true;
		case "case":
			return hasGotoLabel(behindCases(s));
		case "block":
			return s.items.some(hasGotoLabel);
		case "if":
			return armsOf(s).some(hasGotoLabel);
		case "while":
		case "do":
		case "for":
		case "switch":
			return hasGotoLabel(s.body);
		default:
			return false;
	}
}
