// Data directives: numbers, texts, padding. In a code section they make raw instruction slots.

import { utf8, view } from "../base/index.ts";
import type { Cursor } from "./cursor.ts";
import { type Expr, evaluate, isFault, parseExpr } from "./expr.ts";
import { newItem } from "./operand.ts";
import type { Token } from "./token.ts";
import type { Section, Unit } from "./unit.ts";

const numberSizes: Readonly<Record<string, number>> = {
	".byte": 1,
	".2byte": 2,
	".short": 2,
	".hword": 2,
	".half": 2,
	".4byte": 4,
	".word": 4,
	".long": 4,
	".int": 4,
	".8byte": 8,
	".quad": 8,
	".xword": 8,
	".dword": 8,
};
const texts = new Set([".ascii", ".asciz", ".string"]);
const fills = new Set([".zero", ".skip", ".space"]);

export function isDataDirective(word: string): boolean {
	return Object.hasOwn(numberSizes, word) || texts.has(word) || fills.has(word);
}

export function parseData(c: Cursor, unit: Unit, directive: Token): void {
	const word = directive.text;
	const section = unit.current;
	const problems = unit.diagnostics.length;
	const start = section.size;
	if (fills.has(word)) fill(c, unit, section);
	else if (texts.has(word)) text(c, unit, section, word !== ".ascii");
	else numbers(c, unit, section, numberSizes[word] ?? 1);
	if (section.zero && section.bytes.subarray(start, section.size).some((b) => b !== 0))
		c.fail("asm/syntax", `${section.name} holds zeros only; other values belong into .data`);
	if (section.kind !== "code") return;
	if (c.error || unit.diagnostics.length > problems) section.size = 0;
	drain(unit, section, directive, c.previous);
}

function numbers(c: Cursor, unit: Unit, section: Section, size: number): void {
	do {
		const from = c.peek;
		const expr = parseExpr(c);
		if (c.error) return;
		const at = unit.grow(section, size, from);
		if (at === undefined) return;
		if (expr.kind === "number" || section.kind === "code")
			write(unit, section, at, size, expr, from);
		else section.patches.push({ offset: at, size, expr, from });
	} while (c.mark(","));
}

/** Puts the value of `expr` at `at`; a problem when it does not fit `size` bytes. */
export function write(
	unit: Unit,
	section: Section,
	at: number,
	size: number,
	expr: Expr,
	from: Token,
): void {
	const value = evaluate(expr, (t) => unit.lookup(t));
	if (isFault(value)) {
		unit.problem("asm/undefined-symbol", value.message, value.token ?? from);
		return;
	}
	if (value.section !== undefined) {
		unit.diagnostics.push({
			severity: "error",
			id: "asm/unsupported",
			message: "addresses in data are not supported by Skep yet",
			span: unit.span(from),
			unsupported: "addresses in data",
		});
		return;
	}
	const bits = BigInt(size * 8);
	if (value.value < -(1n << (bits - 1n)) || value.value >= 1n << bits) {
		unit.problem("asm/out-of-range", `${value.value} does not fit ${size} bytes`, from);
		return;
	}
	const data = view(section.bytes);
	const n = BigInt.asUintN(64, value.value);
	for (let i = 0; i < size; i++) data.setUint8(at + i, Number((n >> BigInt(8 * i)) & 255n));
}

function text(c: Cursor, unit: Unit, section: Section, zero: boolean): void {
	do {
		const token = c.peek;
		if (token.kind !== "string") {
			c.fail("asm/syntax", `expected a text in double quotes, found ${c.found()}`);
			return;
		}
		c.next();
		const bytes = stringBytes(token.text);
		const at = unit.grow(section, bytes.length + (zero ? 1 : 0), token);
		if (at === undefined) return;
		section.bytes.set(bytes, at);
	} while (c.mark(","));
}

const escapes: Readonly<Record<string, number>> = {
	n: 10,
	t: 9,
	r: 13,
	b: 8,
	f: 12,
	a: 7,
	v: 11,
	'"': 34,
	"\\": 92,
};

/** The bytes of a quoted text, escapes resolved. */
export function stringBytes(quoted: string): Uint8Array {
	const out: number[] = [];
	const inner = quoted.slice(1, -1);
	const parts = inner.matchAll(/\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})|\\([\s\S])|[^\\]+/g);
	for (const part of parts) {
		const [whole, hex, octal, letter] = part;
		if (hex !== undefined) out.push(Number.parseInt(hex, 16));
		else if (octal !== undefined) out.push(Number.parseInt(octal, 8) & 255);
		else if (letter !== undefined)
			out.push(...(escapes[letter] ? [escapes[letter]] : utf8(letter)));
		else for (const byte of utf8(whole)) out.push(byte);
	}
	return Uint8Array.from(out);
}

function fill(c: Cursor, unit: Unit, section: Section): void {
	const from = c.peek;
	const expr = parseExpr(c);
	const fillExpr = c.mark(",") ? parseExpr(c) : undefined;
	if (c.error) return;
	const count = unit.settle(expr, from);
	const value = fillExpr === undefined ? 0n : unit.settle(fillExpr, from);
	if (count === undefined || value === undefined) return;
	if (count < 0n) {
		c.fail("asm/out-of-range", "expected a number of bytes", from);
		return;
	}
	const at = unit.grow(section, Number(count < 1n << 40n ? count : 1n << 40n), from);
	if (at !== undefined) section.bytes.fill(Number(value & 255n), at, section.size);
}

/** `.align`: pads to a multiple; in code, where slots are aligned, it only checks its operand. */
export function align(c: Cursor, unit: Unit, kind: "bytes" | "power"): void {
	const from = c.peek;
	const expr = parseExpr(c);
	while (c.mark(",")) if (!c.done && c.peek.text !== ",") parseExpr(c);
	if (c.error) return;
	const value = unit.settle(expr, from);
	if (value === undefined) return;
	const section = unit.current;
	const wrong = kind === "power" ? value < 0n || value > 16n : value < 0n || value > 65536n;
	const to = wrong ? 0 : kind === "power" ? 1 << Number(value) : Number(value);
	if (wrong || (to & (to - 1)) !== 0) {
		c.fail("asm/out-of-range", "expected a power of two up to 65536", from);
		return;
	}
	if (section.kind === "code" || to < 2) return;
	unit.grow(section, (to - (section.size % to)) % to, from);
}

/** Turns whole slots of raw bytes in a code section into items. */
function drain(unit: Unit, section: Section, from: Token, to: Token): void {
	const data = view(section.bytes);
	let offset = 0;
	for (; offset + 8 <= section.size; offset += 8) {
		const registers = data.getUint8(offset + 1);
		unit.emit(
			newItem(data.getUint8(offset), {
				dst: registers & 15,
				src: registers >> 4,
				off: data.getInt16(offset + 2, true),
				imm: data.getInt32(offset + 4, true),
				span: unit.span(from, to),
			}),
		);
	}
	section.bytes.copyWithin(0, offset, section.size);
	section.size -= offset;
}
