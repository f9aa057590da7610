// A function of the checked tree → a function of SSA.

import { type Func, type FuncOptions, newFunction } from "../../ssa/index.ts";
import { armsOf } from "../ast/index.ts";
import type { Block, CFunction, Statement, Variable } from "../ast/tree.ts";
import { addBytes, placeOf } from "./address.ts";
import { parametersOf, passing, resultType, returnsMemory } from "./call.ts";
import { Context, type Operations } from "./context.ts";
import { branch, effect } from "./control.ts";
import { initialise, into } from "./memory.ts";
import { scalar } from "./scalar.ts";
import { localAlign, statement } from "./statement.ts";
import { type Symbols, symbolOf } from "./symbols.ts";
import { functionOf, sizeOf, valueClass } from "./types.ts";
import { wide } from "./wide.ts";

const operations: Operations = {
	scalar,
	wide,
	into,
	effect,
	place: placeOf,
	branch,
	statement,
	initialise,
};

/** Where clang puts code that names no section. */
const codeSections = { often: ".text", cold: ".text.unlikely.", hot: ".text.hot." } as const;

/** Lowers a function that has a body. */
export function lowerFunction(symbols: Symbols, f: CFunction): Func {
	const type = functionOf(f.type);
	const { attributes: a } = f;
	// An `inline` definition that is neither static nor extern gives no symbol to others.
	const own =
		f.storage === "static" || (f.inline && !a.section && !a.weak && !a.used && isInlineOnly(f));
	const options: FuncOptions = {
		section: a.section ?? codeSections[a.called ?? "often"],
		linkage: own ? "static" : a.weak ? "weak" : "global",
		inline: a.alwaysInline ? "always" : a.noinline || a.naked || a.weak ? "never" : "may",
		place: symbols.place(f.at),
		...(a.hidden ? { hidden: true } : {}),
		...(a.noreturn ? { noreturn: true } : {}),
		...(a.used || symbols.mentioned.has(symbolOf(f)) ? { used: true } : {}),
	};
	const func = newFunction(
		symbols.module,
		symbolOf(f),
		parametersOf(type),
		resultType(type.returns),
		options,
	);
	if (type.variadic && f.body && !own)
		symbols.error("cc/variadic", "variadic functions are not supported", f.at);
	const c = new Context(symbols, f, func, operations);
	c.b.at(c.b.newBlock());
	c.at(f.at);
	if (!a.naked) receive(c, f);
	const { body } = f;
	if (!body) return func;
	findLabels(body, [], c);
	statement(c, body);
	if (c.b.open) finish(c, f);
	return func;
}

/** An inline definition (C11 6.7.4): a symbol of that name is somebody else's. GNU's old meaning is the other way round. */
export function isInlineOnly(f: CFunction): boolean {
	if (!f.inline || f.storage === "static") return false;
	return f.attributes.gnuInline ? f.shared : !f.shared;
}

function finish(c: Context, f: CFunction): void {
	const { body } = f;
	if (body) c.at(body.end);
	if (f.attributes.naked || f.attributes.noreturn) c.b.unreachable();
	else {
		const type = resultType(functionOf(f.type).returns);
		if (type) c.b.ret(c.b.undef(type));
		else c.b.ret();
	}
}

/** Puts parameters where locals live. */
function receive(c: Context, f: CFunction): void {
	const type = functionOf(f.type);
	let next = 0;
	if (returnsMemory(type.returns)) c.result = c.b.param(next++);
	f.params.forEach((v, i) => {
		const ways = passing(type.params[i]?.type ?? v.type);
		if (ways[0] === "ptr" && valueClass(v.type) === "memory") {
			c.variables.set(v, c.b.param(next++));
			return;
		}
		parameter(c, v, ways.length, next);
		next += ways.length;
	});
}

function parameter(c: Context, v: Variable, count: number, next: number): void {
	const size = Math.max(1, sizeOf(v.type));
	const align = localAlign(v);
	const inMemory = valueClass(v.type) === "memory" || valueClass(v.type) === "wide";
	const home = c.temporary(
		inMemory ? Math.max(8 * count, size) : size,
		inMemory ? 8 : align,
		v.name,
	);
	c.variables.set(v, home);
	for (let i = 0; i < count; i++) {
		const value = c.b.param(next + i);
		const width = inMemory ? 8 : (size as 1 | 2 | 4 | 8);
		c.b.store(width, addBytes(c, home, 8 * i), value, { align: width });
	}
}

/** Remembers which blocks of the source stand around each label. */
function findLabels(s: Statement, around: readonly Block[], c: Context): void {
	switch (s.kind) {
		case "block":
			for (const item of s.items) findLabels(item, [...around, s], c);
			return;
		case "label":
		case "case":
			for (let at: Statement = s; ; at = at.body) {
				if (at.kind === "label") c.labelScopes.set(at.name, around);
				else if (at.kind !== "case") {
					findLabels(at, around, c);
					return;
				}
			}
		case "while":
		case "do":
		case "for":
		case "switch":
			findLabels(s.body, around, c);
			return;
		case "if":
			for (const arm of armsOf(s)) findLabels(arm, around, c);
			return;
		default:
	}
}
