// Calls: functions of the unit, kfuncs, helpers by number. Records go as clang's bpf ABI has it: up to 16 bytes in one or two
// arguments, larger ones and results through memory.

import type { Callee, Node, Type } from "../../ssa/index.ts";
import type { CFunction, Expression } from "../ast/tree.ts";
import type { CType, FunctionType } from "../ast/type.ts";
import { addBytes } from "./address.ts";
import { evaluate } from "./constant.ts";
import type { Context, Wide } from "./context.ts";
import { fitted, loadWide } from "./convert.ts";
import { libraryCall } from "./library.ts";
import { alignOf, functionOf, isBool, isSigned, sizeOf, valueClass } from "./types.ts";

type Call = Extract<Expression, { kind: "call" }>;

/** How a parameter or argument travels: in SSA values, or as the address of a copy. */
export function passing(type: CType): readonly Type[] {
	const held = valueClass(type);
	if (held === "wide") return ["i64", "i64"];
	if (held === "none") return [];
	if (held !== "memory") return [held];
	const size = sizeOf(type);
	if (size === 0) return [];
	return size <= 8 ? ["i64"] : size <= 16 ? ["i64", "i64"] : ["ptr"];
}

/** Whether the result goes through memory: then its address is the first argument. */
export function returnsMemory(type: CType): boolean {
	const held = valueClass(type);
	return held === "wide" || (held === "memory" && sizeOf(type) > 0);
}

/** The SSA type of a result; undefined for void and for what goes through memory. */
export function resultType(type: CType): Type | undefined {
	const held = valueClass(type);
	return held === "i32" || held === "i64" || held === "ptr" ? held : undefined;
}

/** The SSA parameters of a function. */
export function parametersOf(type: FunctionType): Type[] {
	const out: Type[] = returnsMemory(type.returns) ? ["ptr"] : [];
	for (const p of type.params) out.push(...passing(p.type));
	return out;
}

export function callScalar(c: Context, e: Call): Node {
	return call(c, e, undefined) ?? c.b.undef(resultType(e.type) ?? "i64");
}

export function callWide(c: Context, e: Call): Wide {
	const to = c.temporary(16, 8);
	call(c, e, to);
	return loadWide(c, { pointer: to, type: e.type, volatile: false, align: 8 });
}

/** A call whose result is a record, put at `to`. */
export function callInto(c: Context, e: Call, to: Node): void {
	call(c, e, to);
}

export function callVoid(c: Context, e: Call): void {
	const size = returnsMemory(e.type) ? sizeOf(e.type) : 0;
	call(c, e, size > 0 ? c.temporary(size, alignOf(e.type)) : undefined);
}

function directCallee(e: Expression): CFunction | undefined {
	let at = e;
	while (
		at.kind === "decay" ||
		at.kind === "cast" ||
		at.kind === "address" ||
		at.kind === "dereference"
	)
		at = at.operand;
	return at.kind === "function" ? at.function : undefined;
}

function call(c: Context, e: Call, to: Node | undefined): Node | undefined {
	const type = functionOf(e.callee.type);
	const target = directCallee(e.callee);
	if (target && !target.body) {
		const made = libraryCall(c, target.name, e);
		if (made) return made.value;
	}
	const known = target ? undefined : evaluate(c.symbols, e.callee);
	let callee: Callee;
	const args: Node[] = [];
	if (target) callee = { kind: "function", name: c.symbols.function(target) };
	else if (known?.symbol !== undefined && c.symbols.functions.has(known.symbol))
		callee = { kind: "function", name: known.symbol };
	else if (known && known.symbol === undefined && known.value < 1n << 31n)
		callee = { kind: "helper", id: Number(known.value) };
	else {
		callee = { kind: "indirect" };
		args.push(c.scalar(e.callee));
	}
	if (to && returnsMemory(e.type)) args.push(to);
	for (const arg of e.args) pass(c, arg, args);
	c.at(e.at);
	const result = c.b.call(callee, args, resultType(e.type));
	if (target?.attributes.noreturn) c.b.unreachable();
	return result.type ? normal(c, result, type.returns) : undefined;
}

/** Callees leave the upper bits of a narrow result open. */
function normal(c: Context, value: Node, type: CType): Node {
	const size = sizeOf(type);
	if (value.type !== "i32" || size >= 4) return value;
	if (isBool(type)) return c.b.binary("and", value, c.b.i32(1));
	return fitted(c, value, size as 1 | 2, isSigned(type));
}

function pass(c: Context, e: Expression, args: Node[]): void {
	const held = valueClass(e.type);
	if (held === "wide") {
		const { lo, hi } = c.ops.wide(c, e);
		args.push(lo, hi);
		return;
	}
	if (held !== "memory") {
		if (held === "none") c.ops.effect(c, e);
		else args.push(c.scalar(e));
		return;
	}
	const ways = passing(e.type);
	if (ways.length === 0) return;
	const size = sizeOf(e.type);
	const copy = c.temporary(ways[0] === "ptr" ? size : 8 * ways.length, 8);
	c.ops.into(c, e, copy, 8);
	if (ways[0] === "ptr") args.push(copy);
	else
		for (let i = 0; i < ways.length; i++)
			args.push(c.b.load("i64", 8, addBytes(c, copy, 8 * i), { align: 8 }));
}
