// Directives: sections, symbols, constants, licence, maps, and those that only compilers write, which are skipped.

import type { Cursor } from "./cursor.ts";
import { align, isDataDirective, parseData } from "./data.ts";
import { parseEntry } from "./entry.ts";
import { parseExpr } from "./expr.ts";
import { mapDirective } from "./mapdecl.ts";
import { nearest } from "./suggest.ts";
import type { Token } from "./token.ts";
import type { Unit } from "./unit.ts";

type Directive = (c: Cursor, unit: Unit, source: string, word: Token) => void;

const own: ReadonlyMap<string, Directive> = new Map<string, Directive>([
	[".section", (c, unit, source) => section(c, unit, source)],
	[".text", (_, unit) => unit.enter(".text", "ax")],
	[".data", (_, unit) => unit.enter(".data", "aw")],
	[".rodata", (_, unit) => unit.enter(".rodata", "a")],
	[".bss", (_, unit) => unit.enter(".bss", "aw")],
	[".globl", declareGlobal],
	[".global", declareGlobal],
	[".type", declareType],
	[".equ", equation],
	[".set", equation],
	[".map", mapDirective],
	[".entry", entry],
	[".slot", entry],
	[".license", license],
	[".version", version],
	[".align", (c, unit) => align(c, unit, "bytes")],
	[".balign", (c, unit) => align(c, unit, "bytes")],
	[".p2align", (c, unit) => align(c, unit, "power")],
	[".comm", common],
	[".extern", skip],
]);

/** Directives of compilers that say nothing to us. */
const skipped = new Set([
	".file",
	".size",
	".weak",
	".hidden",
	".local",
	".ident",
	".addrsig",
	".addrsig_sym",
	".loc",
	".cfi_startproc",
	".cfi_endproc",
	".cfi_sections",
	".cfi_def_cfa_offset",
	".cfi_offset",
	".intel_syntax",
	".att_syntax",
	".previous",
	".uleb128",
	".sleb128",
]);

/** Names for completion and hover, with one line each. */
export const directiveDocs: Readonly<Record<string, string>> = {
	".section":
		".section NAME: what follows belongs to this section; its name gives the program type",
	".text": ".text: functions that programs of other sections call",
	".data": ".data: global variables",
	".rodata": ".rodata: global constants, whose values the verifier knows",
	".bss": ".bss: global variables that start as zero",
	".globl": ".globl NAME: a function of this name is a program of its own",
	".type": ".type NAME, @function",
	".equ": ".equ NAME, EXPRESSION: a constant",
	".set": ".set NAME, EXPRESSION: a constant",
	".map": ".map NAME, type=hash, key=4, value=8, max_entries=16, flags=0: a map",
	".entry":
		".entry MAP, KEY, VALUE: what the map holds at the start; the value may be a program's name",
	".slot": ".slot MAP, KEY, PROGRAM: the same as .entry, for maps of programs and of maps",
	".license": '.license "GPL": the licence; GPL when none is given',
	".byte": ".byte N, ...: 1-byte numbers",
	".short": ".short N, ...: 2-byte numbers",
	".long": ".long N, ...: 4-byte numbers",
	".quad": ".quad N, ...: 8-byte numbers; in code one raw instruction slot",
	".asciz": '.asciz "TEXT": bytes of the text and a zero',
	".zero": ".zero N: N zero bytes",
	".align": ".align N: zero bytes up to a multiple of N",
};

/** Parses the directive `word`, which the cursor has passed. `source` is the whole text. */
export function parseDirective(c: Cursor, unit: Unit, source: string, word: Token): void {
	const directive = own.get(word.text);
	if (directive) directive(c, unit, source, word);
	else if (isDataDirective(word.text)) {
		// What compilers put into sections for debuggers and linkers is not read.
		const read = unit.current.kind !== "ignored" && unit.current.kind !== "maps";
		if (read) parseData(c, unit, word);
		else skip(c);
	} else if (skipped.has(word.text)) skip(c);
	else {
		const fix = nearest(word.text, Object.keys(directiveDocs));
		const hint = fix === undefined ? "" : `; did you mean ${fix}?`;
		c.fail("asm/unknown-directive", `there is no directive ${word.text}${hint}`, word, word, fix);
		skip(c);
	}
}

function skip(c: Cursor): void {
	while (!c.done) c.next();
}

/** `.section NAME[, "flags"[, @type]]`; the name may be quoted and hold slashes and dots. */
function section(c: Cursor, unit: Unit, source: string): void {
	const first = c.peek;
	let name: string;
	if (first.kind === "string") {
		c.next();
		name = first.text.slice(1, -1);
	} else {
		let last = first;
		while (!c.done && c.peek.text !== ",") last = c.next();
		name = source.slice(first.start, last.end);
	}
	if (name === "" || /\s/.test(name)) {
		c.fail("asm/syntax", "expected the name of a section", first);
		return;
	}
	let flags = "";
	if (c.mark(",") && c.peek.kind === "string") flags = c.peek.text;
	skip(c);
	unit.enter(name, flags);
	if (unit.current.kind !== "maps") return;
	unit.diagnostics.push({
		severity: "error",
		id: "asm/unsupported",
		message: `maps in section ${name} are not supported by Skep yet: declare them with .map NAME, type=...`,
		span: unit.span(first),
		unsupported: `maps in section ${name}`,
	});
}

function declareGlobal(c: Cursor, unit: Unit): void {
	do {
		const token = c.next();
		if (token.kind !== "name") {
			c.fail("asm/syntax", "expected the name of a label", token.kind === "end" ? c.peek : token);
			return;
		}
		markGlobal(unit, token.text);
	} while (c.mark(","));
}

function markGlobal(unit: Unit, name: string): void {
	unit.globals.add(name);
	const label = unit.labels.get(name);
	if (label) label.global = true;
}

function declareType(c: Cursor, unit: Unit): void {
	const token = c.next();
	skipTo(c, ",");
	c.need(",");
	if (/function$/i.test(c.peek.text) && unit.current.kind === "code") markGlobal(unit, token.text);
	skip(c);
}

function skipTo(c: Cursor, mark: string): void {
	while (!c.done && c.peek.text !== mark) c.next();
}

function equation(c: Cursor, unit: Unit): void {
	const token = c.next();
	if (token.kind !== "name") {
		c.fail("asm/syntax", "expected a name", token);
		return;
	}
	c.need(",");
	define(c, unit, token);
}

/** `NAME = EXPRESSION`, and what follows the name in `.equ`. */
export function define(c: Cursor, unit: Unit, token: Token): void {
	const expr = parseExpr(c);
	if (c.error || !c.done) return;
	const earlier = unit.equations.get(token.text)?.token;
	if (earlier) unit.duplicate(token, earlier);
	else unit.equations.set(token.text, { expr, token });
}

function entry(c: Cursor, unit: Unit): void {
	const parsed = parseEntry(c);
	if (parsed) unit.entries.push(parsed);
}

function license(c: Cursor, unit: Unit): void {
	const token = c.next();
	if (token.kind !== "string") {
		c.fail("asm/syntax", 'expected a licence such as "GPL"', token.kind === "end" ? c.peek : token);
		return;
	}
	unit.license = token.text.slice(1, -1);
}

function version(c: Cursor, unit: Unit): void {
	const from = c.peek;
	const expr = parseExpr(c);
	if (c.error) return;
	const value = unit.settle(expr, from);
	if (value !== undefined) unit.version = Number(BigInt.asUintN(32, value));
}

/** `.comm NAME, SIZE[, ALIGN]`: a variable that starts as zero. */
function common(c: Cursor, unit: Unit): void {
	const name = c.next();
	c.need(",");
	const from = c.peek;
	const size = parseExpr(c);
	skip(c);
	if (c.error || name.kind !== "name") return;
	const bytes = unit.settle(size, from);
	const bss = unit.section(".bss", "aw");
	if (bytes === undefined || bytes < 0n) return;
	const pad = (8 - (bss.size % 8)) % 8;
	const start = unit.grow(bss, pad + Number(bytes < 1n << 40n ? bytes : 1n << 40n), from);
	if (start === undefined) return;
	const earlier = unit.labels.get(name.text)?.token;
	if (earlier) {
		unit.duplicate(name, earlier);
		return;
	}
	unit.labels.set(name.text, {
		name: name.text,
		section: bss,
		offset: start + pad,
		token: name,
		global: true,
	});
}
