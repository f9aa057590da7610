// Numbers, characters and strings as spelled, to values with their types (C11 6.4.4, 6.4.5).

import { utf8 } from "../../base/index.ts";
import {
	type CType,
	charType,
	type Expression,
	type IntType,
	intType,
	longLongType,
	longType,
	unsignedLongLongType,
	unsignedLongType,
	unsignedShortType,
	unsignedType,
} from "../ast/index.ts";
import { simpleEscapes } from "../escape.ts";
import type { Location } from "../token.ts";
import { bad, type Context } from "./context.ts";
import { realLiteral } from "./real.ts";

const integer = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uU]?(?:l|L|ll|LL)?|(?:l|L|ll|LL)[uU])$/;

/** An integer constant. */
export function numberLiteral(ctx: Context, text: string, at: Location): Expression {
	if (text.includes("'")) {
		if (ctx.settings.modern) return numberLiteral(ctx, text.replaceAll("'", ""), at);
		const message = "digits are separated by ' in C23 (-std=c23)";
		ctx.reports.error("number", at, message);
		return bad(at);
	}
	const match = integer.exec(text);
	const digits = match?.[1];
	if (digits === undefined) return wrongNumber(ctx, text, at);
	const octal = /^0[0-9]/.test(digits);
	const wrong = octal ? /[89]/.exec(digits) : null;
	if (wrong) {
		ctx.reports.error("number", at, `invalid digit '${wrong[0]}' in octal constant`, {
			skip: wrong.index,
		});
		return bad(at);
	}
	const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
	const type = typeOfNumber(
		ctx,
		value,
		/^[1-9]/.test(digits),
		(match?.[2] ?? "").toLowerCase(),
		at,
	);
	return { kind: "number", type, value: BigInt.asUintN(64, value), at, end: at };
}

function typeOfNumber(
	ctx: Context,
	value: bigint,
	decimal: boolean,
	suffix: string,
	at: Location,
): IntType {
	const unsigned = suffix.includes("u");
	const longs = suffix.replace("u", "").length;
	const pairs: [IntType, IntType, number][] = [
		[intType, unsignedType, 0],
		[longType, unsignedLongType, 1],
		[longLongType, unsignedLongLongType, 2],
	];
	for (const [signedType, unsignedOne, rank] of pairs) {
		if (rank < longs) continue;
		const bits = BigInt(signedType.size * 8);
		if (!unsigned && value < 1n << (bits - 1n)) return signedType;
		if ((unsigned || !decimal) && value < 1n << bits) return unsignedOne;
	}
	if (value >= 1n << 64n) {
		ctx.reports.error(
			"number",
			at,
			"integer literal is too large to be represented in any integer type",
		);
		return unsignedLongLongType;
	}
	const text =
		"integer literal is too large to be represented in a signed integer type, interpreting as unsigned";
	ctx.reports.warning("implicitly-unsigned-literal", at, text);
	return longs === 2 ? unsignedLongLongType : unsignedLongType;
}

function wrongNumber(ctx: Context, text: string, at: Location): Expression {
	if (/^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFlL]?$/.test(text) || /^0[xX].*[pP]/.test(text)) {
		const found = realLiteral(text, at);
		if (found) return found;
		ctx.reports.unsupported("float", at, "floating point is not part of eBPF C");
		return bad(at);
	}
	const head = /^(0[xX][0-9a-fA-F]*|0[bB][01]*|[0-9]+)/.exec(text)?.[0] ?? "";
	const rest = text.slice(head.length);
	const skip = /^0[xXbB]$/.test(head) ? 1 : head.length;
	const digit = /^[a-fA-F0-9]/.test(rest) ? rest[0] : undefined;
	const base = head.startsWith("0b") ? "binary" : "decimal";
	const message =
		digit === undefined
			? `invalid suffix '${text.slice(skip)}' on integer constant`
			: `invalid digit '${digit}' in ${base} constant`;
	ctx.reports.error("number", at, message, { skip });
	return bad(at);
}

/** Code units of a literal's inside: bytes of UTF-8 for plain ones, code points for wide ones. */
function decode(ctx: Context, text: string, at: Location, wide: boolean): number[] {
	const out: number[] = [];
	const plain = (c: string) => {
		if (wide) out.push(c.codePointAt(0) ?? 0);
		else if (c.length === 1 && c.charCodeAt(0) < 128) out.push(c.charCodeAt(0));
		else out.push(...utf8(c));
	};
	for (let i = 0; i < text.length; ) {
		const c = String.fromCodePoint(text.codePointAt(i) ?? 0);
		if (c !== "\\") {
			plain(c);
			i += c.length;
			continue;
		}
		i = escaped(ctx, text, i + 1, at, wide, out);
	}
	return out;
}

function escaped(
	ctx: Context,
	text: string,
	start: number,
	at: Location,
	wide: boolean,
	out: number[],
): number {
	const c = text[start] ?? "";
	const known = simpleEscapes[c];
	if (known !== undefined) {
		out.push(known);
		return start + 1;
	}
	const octal = /^[0-7]{1,3}/.exec(text.slice(start, start + 3))?.[0];
	if (octal !== undefined) {
		out.push(Number.parseInt(octal, 8) & (wide ? -1 : 255));
		return start + octal.length;
	}
	const hex = c === "x" ? /^x([0-9a-fA-F]+)/.exec(text.slice(start)) : null;
	if (hex?.[1] !== undefined) {
		const value = Number.parseInt(hex[1].slice(-8), 16);
		if (!wide && value > 255) ctx.reports.error("escape", at, "hex escape sequence out of range");
		out.push(wide ? value : value & 255);
		return start + hex[0].length;
	}
	const universal = /^(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/.exec(text.slice(start, start + 9))?.[0];
	if (universal !== undefined) {
		const point = Math.min(0x10ffff, Number.parseInt(universal.slice(1), 16));
		if (wide) out.push(point);
		else out.push(...utf8(String.fromCodePoint(point)));
		return start + universal.length;
	}
	if (c === "x") ctx.reports.error("escape", at, "\\x used with no following hex digits");
	else ctx.reports.warning("unknown-escape-sequence", at, `unknown escape sequence '\\${c}'`);
	if (c !== "") out.push(c.charCodeAt(0) & 255);
	return start + 1;
}

const prefixes: Record<string, IntType> = { L: intType, u: unsignedShortType, U: unsignedType };

/** A character constant: `int`, or the type of its prefix. */
export function characterLiteral(ctx: Context, text: string, at: Location): Expression {
	const open = text.indexOf("'");
	const prefix = text.slice(0, open);
	const wide = prefixes[prefix];
	const units = decode(
		ctx,
		text.slice(open + 1, text.endsWith("'") ? -1 : undefined),
		at,
		wide !== undefined,
	);
	if (units.length === 0) ctx.reports.error("character", at, "empty character constant");
	if (wide)
		return { kind: "number", type: wide, value: BigInt(units[units.length - 1] ?? 0), at, end: at };
	if (units.length > 1) ctx.reports.warning("multichar", at, "multi-character character constant");
	if (units.length > 4)
		ctx.reports.warning("multichar", at, "character constant too long for its type");
	let value = 0n;
	for (const unit of units) value = BigInt.asIntN(32, (value << 8n) | BigInt(unit));
	if (units.length === 1) value = BigInt.asIntN(8, value);
	return { kind: "number", type: intType, value, at, end: at };
}

/** Adjacent string literals as one array, NUL at its end. */
export function stringLiteral(
	ctx: Context,
	parts: readonly { text: string; at: Location }[],
): Expression {
	let of: IntType = charType;
	for (const { text } of parts) {
		const prefix = text.slice(0, text.indexOf('"'));
		of = prefixes[prefix] ?? of;
	}
	const bytes: number[] = [];
	for (const { text, at } of parts)
		for (const unit of units(decode(ctx, inside(text), at, of.size > 1), of.size))
			for (let i = 0; i < of.size; i++) bytes.push((unit >>> (8 * i)) & 255);
	for (let i = 0; i < of.size; i++) bytes.push(0);
	const type: CType = { kind: "array", of, length: bytes.length / of.size };
	const first = parts[0]?.at ?? 0;
	return {
		kind: "string",
		type,
		bytes: Uint8Array.from(bytes),
		at: first,
		end: parts[parts.length - 1]?.at ?? first,
	};
}

/** UTF-16 takes two units for the characters beyond. */
function units(points: readonly number[], size: number): readonly number[] {
	if (size !== 2) return points;
	return points.flatMap((p) =>
		p > 0xffff && p <= 0x10ffff
			? [0xd800 + ((p - 0x10000) >> 10), 0xdc00 + ((p - 0x10000) & 0x3ff)]
			: [p],
	);
}

/** The text of string literals where no value is wanted: sections, asm templates, tags. */
export function stringText(ctx: Context, parts: readonly { text: string; at: Location }[]): string {
	return parts
		.flatMap(({ text, at }) => decode(ctx, inside(text), at, true))
		.map((unit) => String.fromCodePoint(Math.min(unit >>> 0, 0x10ffff)))
		.join("");
}

function inside(text: string): string {
	const open = text.indexOf('"');
	return text.slice(open + 1, text.length > open + 1 && text.endsWith('"') ? -1 : undefined);
}
