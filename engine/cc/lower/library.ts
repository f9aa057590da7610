// The C library's functions that the compiler knows: memory is copied, filled and compared in place, since there is no library.

import type { Node, Size } from "../../ssa/index.ts";
import type { Expression } from "../ast/tree.ts";
import { addBytes } from "./address.ts";
import { evaluate } from "./constant.ts";
import type { Context } from "./context.ts";
import { fitted, toI64 } from "./convert.ts";
import { alignOf, canonical, pointee, sizeOf } from "./types.ts";

type Operands = { readonly args: readonly Expression[] } & Pick<Expression, "at">;

const MOST = 1 << 16;

/** A call of a library function, expanded; undefined when the name is none. `value` is absent when nothing is given back. */
export function libraryCall(c: Context, name: string, e: Operands): { value?: Node } | undefined {
	switch (name) {
		case "memcpy":
		case "memcpy_inline":
		case "memmove":
		case "mempcpy":
			return transfer(c, name, e);
		case "memset":
		case "memset_inline":
		case "bzero":
			return set(c, name, e);
		case "memcmp":
		case "bcmp":
			return { value: comparison(c, name, e) };
		case "strlen":
			return length(c, e);
		case "strcmp":
		case "strncmp":
			return texts(c, name, e);
		case "load_byte":
		case "load_half":
		case "load_word":
			return e.args.length === 2 ? { value: packetLoad(c, name, e) } : undefined;
		case "abs":
		case "labs":
		case "llabs": {
			const value = c.scalar(at(e, 0));
			const zero = c.b.const(value.type ?? "i64", 0);
			return {
				value: c.b.select(c.b.icmp("slt", value, zero), c.b.binary("sub", zero, value), value),
			};
		}
		default:
			return undefined;
	}
}

const loads: Readonly<Record<string, string>> = {
	load_byte: "u8",
	load_half: "u16",
	load_word: "u32",
};

/** clang's intrinsics for the legacy packet loads: the context goes in r6, the value comes in r0 in the order of the host. */
function packetLoad(c: Context, name: string, e: Operands): Node {
	const skb = c.scalar(at(e, 0));
	const index = at(e, 1);
	const known = evaluate(c.symbols, index);
	const fixed = known && known.symbol === undefined ? String(known.value) : undefined;
	const args = fixed === undefined ? [skb, toI64(c, c.scalar(index), index.type)] : [skb];
	c.at(e.at);
	return c.b.asm(
		{
			template: `r6 = %1; r0 = *(${loads[name]} *)skb[${fixed ?? "%2"}]; %0 = r0`,
			volatile: true,
			outputs: [{ constraint: "=r" }],
			inputs: args.map(() => ({ constraint: "r" })),
			clobbers: ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "memory"],
		},
		args,
		"i64",
	);
}

function at(e: Operands, index: number): Expression {
	const arg = e.args[index];
	return arg ?? { kind: "number", value: 0n, type: { kind: "bool" }, at: e.at, end: e.at };
}

/** What is known of the alignment of the object that a pointer expression points to. */
function pointerAlign(e: Expression): number {
	let inner = e;
	while (inner.kind === "cast" && canonical(inner.operand.type).kind === "pointer")
		inner = inner.operand;
	if (inner.kind === "address" || inner.kind === "decay") return lvalueAlign(inner.operand);
	const to = pointee(inner.type);
	return canonical(to).kind === "void" ? 1 : Math.max(1, alignOf(to));
}

function lvalueAlign(e: Expression): number {
	if (e.kind === "member") {
		let align = lvalueAlign(e.base);
		while (e.member.offset % align !== 0) align /= 2;
		return Math.min(align, 8);
	}
	if (e.kind === "variable" || e.kind === "literal") {
		const size = sizeOf(e.variable.type);
		const own = Math.max(alignOf(e.variable.type), e.variable.attributes.aligned ?? 1);
		return e.variable.storage === "auto" && size >= 8 ? Math.max(own, 8) : own;
	}
	return Math.max(1, alignOf(e.type));
}

function constantSize(c: Context, e: Operands, index: number, name: string): number | undefined {
	const known = evaluate(c.symbols, at(e, index));
	if (known && known.symbol === undefined && known.value >= 0n && known.value <= MOST)
		return Number(known.value);
	c.symbols.error(
		"cc/library-call",
		`a call to built-in function '${name}' is not supported: its size is not a constant${known ? " in reach" : ""}`,
		e.at,
	);
	return undefined;
}

/** A size that may turn out constant when the function is inlined: the call stays for the optimiser to expand. */
function later(c: Context, name: string, args: readonly Node[], e: Operands): { value: Node } {
	c.symbols.extern({ name, section: "", weak: false, function: true, size: 0 });
	c.at(e.at);
	return { value: c.b.callFunction(name, args, "ptr") };
}

function isConstant(c: Context, e: Expression): boolean {
	const known = evaluate(c.symbols, e);
	return known !== undefined && known.symbol === undefined;
}

function transfer(c: Context, name: string, e: Operands): { value: Node } {
	const [to, from] = [at(e, 0), at(e, 1)];
	const target = c.scalar(to);
	const source = c.scalar(from);
	if (!isConstant(c, at(e, 2)) && name !== "mempcpy") {
		const count = toI64(c, c.scalar(at(e, 2)), at(e, 2).type);
		return later(c, name === "memmove" ? name : "memcpy", [target, source, count], e);
	}
	const size = constantSize(c, e, 2, name.replace(/_inline$/, ""));
	c.at(e.at);
	if (size)
		c.b.memcpy(
			target,
			source,
			size,
			Math.min(pointerAlign(to), pointerAlign(from)),
			name === "memmove",
		);
	return { value: name === "mempcpy" ? addBytes(c, target, size ?? 0) : target };
}

function set(c: Context, name: string, e: Operands): { value?: Node } {
	const to = at(e, 0);
	const target = c.scalar(to);
	const byte = name === "bzero" ? c.b.i32(0) : fitted(c, c.scalar(at(e, 1)), 1, false);
	if (name !== "bzero" && !isConstant(c, at(e, 2)))
		return later(c, "memset", [target, byte, toI64(c, c.scalar(at(e, 2)), at(e, 2).type)], e);
	const size = constantSize(c, e, name === "bzero" ? 1 : 2, name.replace(/_inline$/, ""));
	c.at(e.at);
	if (size) c.b.memset(target, byte, size, pointerAlign(to));
	return name === "bzero" ? {} : { value: target };
}

function length(c: Context, e: Operands): { value?: Node } | undefined {
	let text = at(e, 0);
	while (text.kind === "cast" || text.kind === "decay") text = text.operand;
	if (text.kind !== "string") return undefined;
	const end = text.bytes.indexOf(0);
	return { value: c.b.i64(end < 0 ? text.bytes.length : end) };
}

/** Two literals compared. */
function texts(c: Context, name: string, e: Operands): { value?: Node } | undefined {
	const left = literal(at(e, 0));
	const right = literal(at(e, 1));
	const most = name === "strncmp" ? evaluate(c.symbols, at(e, 2))?.value : undefined;
	if (left === undefined || right === undefined) return undefined;
	const cut = (s: string) => (most === undefined ? s : s.slice(0, Number(most)));
	const [a, b] = [cut(left), cut(right)];
	return { value: c.b.i32(a === b ? 0 : a < b ? -1 : 1) };
}

function literal(e: Expression): string | undefined {
	let text = e;
	while (text.kind === "cast" || text.kind === "decay") text = text.operand;
	if (text.kind !== "string") return undefined;
	const end = text.bytes.indexOf(0);
	return String.fromCharCode(...(end < 0 ? text.bytes : text.bytes.subarray(0, end)));
}

/** The pieces in which memory is compared: as wide as the alignment allows. */
function pieces(size: number, align: number): { at: number; size: Size }[] {
	const out: { at: number; size: Size }[] = [];
	for (let from = 0; from < size; ) {
		let width: Size = 8;
		while (width > 1 && (width > align || from + width > size)) width = (width / 2) as Size;
		out.push({ at: from, size: width });
		from += width;
	}
	return out;
}

function comparison(c: Context, name: string, e: Operands): Node {
	const [left, right] = [at(e, 0), at(e, 1)];
	const a = c.scalar(left);
	const b = c.scalar(right);
	const size = constantSize(c, e, 2, name);
	c.at(e.at);
	if (!size) return c.b.i32(0);
	const align = Math.min(pointerAlign(left), pointerAlign(right));
	return ordered(c, a, b, pieces(size, align));
}

/** The sign of the first difference, by early exit. */
function ordered(c: Context, a: Node, b: Node, parts: readonly { at: number; size: Size }[]): Node {
	const end = c.b.newBlock();
	const differ = c.b.newBlock();
	const wide = parts.some((p) => p.size > 4) ? "i64" : "i32";
	const lefts: [Node, Node, Node["block"]][] = [];
	for (const part of parts) {
		const load = (p: Node) =>
			c.b.load(wide, part.size, addBytes(c, p, part.at), { align: part.size });
		const l = load(a);
		const r = load(b);
		const next = c.b.newBlock();
		const { block } = c.b;
		lefts.push([swapped(c, l, part.size), swapped(c, r, part.size), block]);
		c.b.condbr(c.b.icmp("ne", l, r), differ, next);
		c.b.at(next);
	}
	const equal = c.b.block;
	c.b.br(end);
	c.b.at(differ);
	const l = c.b.phi(wide);
	const r = c.b.phi(wide);
	for (const [x, y, from] of lefts) {
		if (!from) continue;
		l.args.push(x);
		l.from.push(from);
		r.args.push(y);
		r.from.push(from);
	}
	const sign = c.b.select(c.b.icmp("ult", l, r), c.b.i32(-1), c.b.i32(1));
	c.b.br(end);
	c.b.at(end);
	const result = c.b.phi("i32");
	if (equal) {
		result.args.push(c.b.i32(0));
		result.from.push(equal);
	}
	result.args.push(sign);
	result.from.push(differ);
	return result;
}

function swapped(c: Context, value: Node, size: Size): Node {
	if (size === 1) return value;
	return c.b.bswap((8 * size) as 16 | 32 | 64, value);
}

/** Whether two memories of constant size differ, as i32 0 or 1: `memcmp` where only zero matters. */
export function differs(c: Context, e: Operands): Node | undefined {
	const known = evaluate(c.symbols, at(e, 2));
	if (!known || known.symbol !== undefined || known.value > 1024n || known.value < 1n)
		return undefined;
	const a = c.scalar(at(e, 0));
	const b = c.scalar(at(e, 1));
	c.at(e.at);
	const align = Math.min(pointerAlign(at(e, 0)), pointerAlign(at(e, 1)));
	const parts = pieces(Number(known.value), align);
	const wide = parts.some((p) => p.size > 4) ? "i64" : "i32";
	let all: Node | undefined;
	for (const part of parts) {
		const load = (p: Node) =>
			c.b.load(wide, part.size, addBytes(c, p, part.at), { align: part.size });
		const l = load(a);
		const x = c.b.binary("xor", l, load(b));
		all = all ? c.b.binary("or", all, x) : x;
	}
	return all && c.b.icmp("ne", all, c.b.const(wide, 0));
}
