// Format strings (C11 7.21.6.1) against the arguments that go with them, for functions with the `format(printf, …)` attribute.

import type { TextEdit } from "../../base/index.ts";
import {
	type CType,
	canonical,
	charPointer,
	type Expression,
	type IntType,
	intType,
	isInteger,
	longLongType,
	longType,
	pointeeOf,
	qualifiersOf,
	quoteType,
	shortType,
	signedCharType,
	sizeOf,
	toUnsigned,
	underlying,
	unsignedLongType,
	voidPointer,
} from "../ast/index.ts";
import type { Context } from "./context.ts";
import { rvalue } from "./convert.ts";

/** Where a function takes its format, and the first argument for it; both count from 0, `first` is -1 for a `va_list`. */
export interface Format {
	readonly string: number;
	readonly first: number;
}

interface Conversion {
	readonly text: string;
	/** Absent when what follows `%` is none. */
	readonly letter: string;
	readonly length: string;
	/** `*` for width and precision: each takes an `int`. */
	readonly stars: number;
}

const pattern = /%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?(hh|h|ll|l|j|z|t|L|q)?([a-zA-Z%])?/g;

function conversions(text: string): Conversion[] {
	return [...text.matchAll(pattern)].map((m) => ({
		text: m[0],
		letter: m[5] ?? "",
		length: m[4] ?? "",
		stars: Number(m[2] === "*") + Number(m[3] === "*"),
	}));
}

/** The characters of a literal that an argument is. */
function literal(e: Expression | undefined): { text: string; e: Expression } | undefined {
	let at = e;
	while (at?.kind === "cast" || at?.kind === "decay") at = at.operand;
	if (at?.kind === "variable") {
		const { init, type } = at.variable;
		const value = init?.entries[0]?.value;
		if (value?.kind !== "string" || !qualifiersOf(type).const) return undefined;
		const text = textOf(value.bytes);
		return { text, e: value };
	}
	return at?.kind === "string" ? { text: textOf(at.bytes), e: at } : undefined;
}

function textOf(bytes: Uint8Array): string {
	const end = bytes.indexOf(0);
	return String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end));
}

/** Checks a call's arguments against its format. */
export function checkFormat(ctx: Context, format: Format, args: readonly Expression[]): void {
	const written = args[format.string];
	const found = literal(written);
	const { reports } = ctx;
	if (!written) return;
	if (!found) {
		if (format.first < 0 || args.length > format.first) return;
		const text = "format string is not a string literal (potentially insecure)";
		reports.warning("format-security", written.at, text, {
			end: written.end,
			notes: [{ message: "treat the string as an argument to avoid this", at: written.at }],
			fix: { title: "insert '\"%s\", '", edits: [reports.insertBefore(written.at, '"%s", ')] },
		});
		return;
	}
	if (found.text === "") {
		reports.warning("format-zero-length", written.at, "format string is empty");
		return;
	}
	if (format.first < 0) return;
	let next = format.first;
	let from = 0;
	for (const c of conversions(found.text)) {
		if (c.letter === "%") continue;
		from = offsetOf(ctx, found.e, c.text, from) ?? from;
		const skip = offsetOf(ctx, found.e, c.text, from);
		from++;
		const at = found.e.at;
		const place = skip === undefined ? {} : { skip };
		if (c.letter === "") {
			reports.warning("format", at, "incomplete format specifier", place);
			return;
		}
		if (!known.test(c.letter)) {
			const text = `invalid conversion specifier '${c.letter}'`;
			reports.warning("format-invalid-specifier", at, text, place);
			return;
		}
		next += c.stars;
		const arg = args[next++];
		if (!arg) {
			reports.warning(
				"format-insufficient-args",
				at,
				"more '%' conversions than data arguments",
				skip === undefined ? {} : { skip: skip + 1 },
			);
			return;
		}
		checkOne(ctx, c, arg, found.e, skip);
	}
	const extra = args[next];
	if (extra)
		reports.warning("format-extra-args", extra.at, "data argument not used by format string", {
			end: extra.end,
		});
}

const known = /[diouxXcspneEfFgGaAmCS]/;

/** Characters of the literal's token before a conversion. */
function offsetOf(ctx: Context, e: Expression, text: string, from: number): number | undefined {
	if (e.at !== e.end) return undefined;
	const at = ctx.reports.text(e.at, e.at)?.indexOf(text, from) ?? -1;
	return at < 0 ? undefined : at;
}

const lengths: Readonly<Record<string, IntType>> = {
	hh: signedCharType,
	h: shortType,
	l: longType,
	ll: longLongType,
	q: longLongType,
	L: longLongType,
	j: longType,
	z: longType,
	t: longType,
};

function checkOne(
	ctx: Context,
	c: Conversion,
	arg: Expression,
	format: Expression,
	at?: number,
): void {
	const value = rvalue(arg);
	if ("eEfFgGaA".includes(c.letter)) return;
	const wanted = wantedType(c);
	if (!wanted || fits(c, wanted, value)) return;
	const shown = unpromoted(value);
	const name =
		c.length === "z" || c.length === "j" || c.length === "t" ? named(c, wanted) : quoteType(wanted);
	const text = `format specifies type ${name} but the argument has type ${quoteType(shown)}`;
	const right = specifierOf(shown, c);
	const edit = right === undefined ? undefined : edited(ctx, format, c.text, right, at);
	const fix = edit && { title: `change to '${right}'`, edits: [edit] };
	ctx.reports.warning("format", arg.at, text, { end: arg.end, ...(fix ? { fix } : {}) });
}

function edited(
	ctx: Context,
	format: Expression,
	from: string,
	to: string,
	at: number | undefined,
): TextEdit | undefined {
	return at === undefined ? undefined : ctx.reports.replacePart(format.at, at, from.length, to);
}

/** The typedef's name that clang shows for `%zu` and the like. */
function named(c: Conversion, wanted: CType): string {
	const names: Readonly<Record<string, [string, string]>> = {
		z: ["ssize_t", "size_t"],
		j: ["intmax_t", "uintmax_t"],
		t: ["ptrdiff_t", "unsigned ptrdiff_t"],
	};
	const pair = names[c.length];
	const unsigned = "ouxX".includes(c.letter);
	return pair ? `'${unsigned ? pair[1] : pair[0]}' (aka ${quoteType(wanted)})` : quoteType(wanted);
}

function wantedType(c: Conversion): CType | undefined {
	switch (c.letter) {
		case "d":
		case "i":
			return lengths[c.length] ?? intType;
		case "o":
		case "u":
		case "x":
		case "X":
			return c.length === "z" ? unsignedLongType : toUnsigned(lengths[c.length] ?? intType);
		case "c":
			return intType;
		case "s":
			return charPointer;
		case "p":
			return voidPointer;
		case "n":
			return { kind: "pointer", to: lengths[c.length] ?? intType };
		default:
			return undefined;
	}
}

/** A promoted argument's own type. */
function unpromoted(e: Expression): CType {
	return e.kind === "cast" && e.implicit ? unpromoted(e.operand) : e.type;
}

function fits(c: Conversion, wanted: CType, value: Expression): boolean {
	const type = value.type;
	if (c.letter === "p") return pointeeOf(type) !== undefined;
	const to = pointeeOf(wanted);
	if (c.letter === "s") {
		const core = pointeeOf(type);
		const char = core && canonical(core);
		return char?.kind === "int" && char.size === 1;
	}
	const from = pointeeOf(type);
	if (to) return from !== undefined && sizeOf(from) === sizeOf(to) && isInteger(from);
	const have = underlying(type);
	const want = underlying(wanted);
	if (!have || !want) return false;
	if (have.size < 4 && want.size <= 4) return want.size >= have.size || want.size === 4;
	if (have.size !== want.size) return have.size === 4 && want.size < 4;
	return have.rank === want.rank || have.size < 8;
}

/** The conversion that fits a type, flags and width kept. */
function specifierOf(type: CType, c: Conversion): string | undefined {
	const to = pointeeOf(type);
	const flags = /^%[-+ #0']*(?:\*|\d+)?(?:\.(?:\*|-?\d*))?/.exec(c.text)?.[0] ?? "%";
	if (to) {
		const core = canonical(to);
		return `${flags}${core.kind === "int" && core.size === 1 ? "s" : "p"}`;
	}
	const int = underlying(type);
	if (!int) return undefined;
	const length = ["", "hh", "h", "", "l", "ll"][int.rank] ?? "";
	const keep = int.signed ? /[di]/ : /[ouxX]/;
	const hex = /[oxX]/.test(c.letter);
	return `${flags}${length}${keep.test(c.letter) || hex ? c.letter : int.signed ? "d" : "u"}`;
}
