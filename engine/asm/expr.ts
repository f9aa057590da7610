// Constant expressions with C's operators and precedence. Parsed once, evaluated when every symbol is known.

import { type Struct, structNamed, structs } from "../abi/index.ts";
import type { Cursor } from "./cursor.ts";
import { nearest } from "./suggest.ts";
import type { Token } from "./token.ts";

export type Expr =
	| { readonly kind: "number"; readonly value: bigint }
	| { readonly kind: "symbol"; readonly token: Token }
	| { readonly kind: "unary"; readonly op: string; readonly of: Expr }
	| { readonly kind: "binary"; readonly op: string; readonly left: Expr; readonly right: Expr }
	| { readonly kind: "choice"; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
	| { readonly kind: "field"; readonly name: string; readonly of: Expr };

/** A number, or a place: `value` bytes into `section`. */
export interface Value {
	readonly value: bigint;
	readonly section?: string;
}

export type Lookup = (token: Token) => Value | undefined;

/** Lowest first. */
const precedence: ReadonlyMap<string, number> = new Map(
	[
		["||"],
		["&&"],
		["|"],
		["^"],
		["&"],
		["==", "!="],
		["<", "<=", ">", ">="],
		["<<", ">>"],
		["+", "-"],
		["*", "/", "%"],
	].flatMap((row, level) => row.map((op) => [op, level + 1] as const)),
);

/** linux/bpf_common.h: parts of an opcode, as the kernel's macros take them out. */
const fields: ReadonlyMap<string, bigint> = new Map([
	["BPF_CLASS", 0x07n],
	["BPF_SIZE", 0x18n],
	["BPF_MODE", 0xe0n],
	["BPF_OP", 0xf0n],
	["BPF_SRC", 0x08n],
]);

/** Words that an expression can apply to something in brackets. */
export function isFunction(word: string): boolean {
	return word === "sizeof" || word === "offsetof" || fields.has(word);
}

const MAX_DEPTH = 32;
const MAX_TERMS = 100;
/** Nested evaluations, which the limits above keep from being reached by one expression but not by long chains. */
const MAX_NESTING = 400;

/** Parses an expression; on a fault the cursor has the error and the result is 0. */
export function parseExpr(c: Cursor, depth = 0): Expr {
	const test = binary(c, 1, depth);
	if (!c.mark("?")) return test;
	const yes = parseExpr(c, depth + 1);
	c.need(":");
	return { kind: "choice", test, yes, no: parseExpr(c, depth + 1) };
}

function binary(c: Cursor, level: number, depth: number): Expr {
	let left = unary(c, depth);
	for (let terms = 0; ; terms++) {
		const op = c.peek.kind === "mark" ? c.peek.text : "";
		const at = precedence.get(op);
		if (at === undefined || at < level) return left;
		if (terms > MAX_TERMS) c.fail("asm/syntax", "this expression is too long");
		if (c.error) return left;
		c.next();
		left = { kind: "binary", op, left, right: binary(c, at + 1, depth + 1) };
	}
}

const zero: Expr = { kind: "number", value: 0n };

function unary(c: Cursor, depth: number): Expr {
	const token = c.peek;
	if (depth > MAX_DEPTH) {
		c.fail("asm/syntax", "this expression is nested too deeply");
		return zero;
	}
	if (token.kind === "number") {
		c.next();
		return { kind: "number", value: token.value ?? 0n };
	}
	if (token.kind === "mark" && "+-~!".includes(token.text)) {
		c.next();
		const of = unary(c, depth + 1);
		if (token.text === "-" && of.kind === "number") return { kind: "number", value: -of.value };
		return token.text === "+" ? of : { kind: "unary", op: token.text, of };
	}
	if (c.mark("(")) {
		const inner = parseExpr(c, depth + 1);
		c.need(")");
		return inner;
	}
	if (token.kind === "name") return name(c, token, depth);
	c.fail("asm/syntax", `expected a number, found ${c.found()}`);
	return zero;
}

function name(c: Cursor, token: Token, depth: number): Expr {
	c.next();
	if (token.text === "sizeof" && c.mark("(")) return sizeOf(c);
	if (token.text === "offsetof" && c.mark("(")) return offsetOf(c);
	if (fields.has(token.text) && c.mark("(")) {
		const of = parseExpr(c, depth + 1);
		c.need(")");
		return { kind: "field", name: token.text, of };
	}
	return { kind: "symbol", token };
}

/** `sizeof(struct xdp_md)`, the word struct may be left out. */
function sizeOf(c: Cursor): Expr {
	const { struct } = structOperand(c);
	c.need(")");
	return { kind: "number", value: BigInt(struct?.size ?? 0) };
}

/** `offsetof(struct xdp_md, data)`. */
function offsetOf(c: Cursor): Expr {
	const { struct } = structOperand(c);
	c.need(",");
	const token = c.next();
	const field = struct?.fields.find((f) => f.name === token.text);
	if (struct && !field) {
		const fix = nearest(
			token.text,
			struct.fields.map((f) => f.name),
		);
		c.fail("asm/undefined-symbol", `${struct.name} has no field ${token.text}`, token, token, fix);
	}
	c.need(")");
	return { kind: "number", value: BigInt(field?.offset ?? 0) };
}

function structOperand(c: Cursor): { struct: Struct | undefined } {
	c.word("struct");
	const token = c.next();
	const struct = structNamed(token.text);
	if (!struct) {
		const names = structs.map((s) => s.name);
		const fix = nearest(token.text, names);
		c.fail("asm/undefined-symbol", `there is no struct ${token.text} known`, token, token, fix);
	}
	return { struct };
}

/** Why an expression has no value; `token` is the symbol that is to blame, if it is one. */
export interface Fault {
	readonly message: string;
	readonly token?: Token;
}

export function isFault(v: Value | Fault): v is Fault {
	return "message" in v;
}

export function evaluate(e: Expr, lookup: Lookup, depth = 0): Value | Fault {
	if (depth > MAX_NESTING) return { message: "this expression is nested too deeply" };
	const part = (inner: Expr) => evaluate(inner, lookup, depth + 1);
	switch (e.kind) {
		case "number":
			return e;
		case "symbol":
			return lookup(e.token) ?? { message: `${e.token.text} is not defined`, token: e.token };
		case "choice": {
			const test = part(e.test);
			if (isFault(test)) return test;
			return part(test.value !== 0n ? e.yes : e.no);
		}
		case "field": {
			const of = part(e.of);
			return isFault(of) ? of : { value: of.value & (fields.get(e.name) ?? 0n) };
		}
		case "unary":
			return negated(e.op, part(e.of));
		case "binary": {
			const left = part(e.left);
			if (isFault(left)) return left;
			const right = part(e.right);
			return isFault(right) ? right : combine(e.op, left, right);
		}
	}
}

function negated(op: string, of: Value | Fault): Value | Fault {
	if (isFault(of)) return of;
	if (of.section !== undefined) return { message: `a label cannot stand after ${op}` };
	return { value: op === "-" ? -of.value : op === "~" ? ~of.value : truth(of.value === 0n) };
}

function truth(b: boolean): bigint {
	return b ? 1n : 0n;
}

function combine(op: string, left: Value, right: Value): Value | Fault {
	if (left.section === undefined && right.section === undefined) {
		const value = arithmetic(op, left.value, right.value);
		return value === undefined ? { message: "division by zero" } : { value };
	}
	const place = left.section ?? right.section ?? "";
	if (op === "-" && left.section === right.section) return { value: left.value - right.value };
	if (op === "+" && (left.section === undefined || right.section === undefined))
		return { value: left.value + right.value, section: place };
	if (op === "-" && right.section === undefined)
		return { value: left.value - right.value, section: place };
	return { message: `labels cannot be combined with ${op}` };
}

/** 64 bits wide; undefined for division by zero. */
function arithmetic(op: string, a: bigint, b: bigint): bigint | undefined {
	const result = unlimited(op, a, b);
	if (result === undefined || (result >= -(1n << 63n) && result < 1n << 64n)) return result;
	return BigInt.asUintN(64, result);
}

function unlimited(op: string, a: bigint, b: bigint): bigint | undefined {
	switch (op) {
		case "+":
			return a + b;
		case "-":
			return a - b;
		case "*":
			return a * b;
		case "/":
			return b === 0n ? undefined : a / b;
		case "%":
			return b === 0n ? undefined : a % b;
		case "<<":
			return b < 0n || b > 63n ? 0n : a << b;
		case ">>":
			return b < 0n || b > 63n ? 0n : a >> b;
		case "&":
			return a & b;
		case "|":
			return a | b;
		case "^":
			return a ^ b;
		case "&&":
			return truth(a !== 0n && b !== 0n);
		case "||":
			return truth(a !== 0n || b !== 0n);
		case "==":
			return truth(a === b);
		case "!=":
			return truth(a !== b);
		case "<":
			return truth(a < b);
		case "<=":
			return truth(a <= b);
		case ">":
			return truth(a > b);
		default:
			return truth(a >= b);
	}
}
