// Text → tokens. The three dialects, verifier logs and LLVM's listings have one lexical grammar; what differs is what
// follows a semicolon (see separator.ts). Takes any text, never throws.

import type { Diagnostic } from "../base/index.ts";
import { separates } from "./separator.ts";
import type { Lexed, Token, TokenKind } from "./token.ts";

const SPACE = 1;
const DIGIT = 2;
const NAME = 4;

const classes = classTable();

function classTable(): Uint8Array {
	const table = new Uint8Array(128);
	for (const c of " \t\r\f\v") table[c.charCodeAt(0)] = SPACE;
	for (const c of "0123456789") table[c.charCodeAt(0)] = DIGIT;
	for (const c of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.$@")
		table[c.charCodeAt(0)] = NAME;
	return table;
}

function classAt(source: string, at: number): number {
	return classes[source.charCodeAt(at)] ?? 0;
}

/** Longest first. */
const marks = [
	["<<=", ">>="],
	["==", "!=", "<=", ">=", "<<", ">>", "&&", "||", "+=", "-=", "*=", "/=", "|=", "&=", "^=", "%="],
];
const longMarks = new Set(marks[0]);
const pairMarks = new Set(marks[1]);
const singleMarks = "+-*/%&|^~!<>=()[]{},:?#";

/** `0: (b7) `, also with the column of live registers; then one instruction follows. */
const logPrefix = /(?:(\d+):[ \t]*)?(?:[0-9.]{10}[ \t]+)?\(([0-9a-f]{2})\)[ \t]*/y;
/** `       0:	b7 00 00 00 02 00 00 00	` of llvm-objdump. */
const dumpPrefix =
	/([0-9a-f]+):[ \t]+(?:[0-9a-f]{2} ){7}(?:(?:[0-9a-f]{2} ){8})?[0-9a-f]{2}[ \t]+/y;
/** Other lines of a verifier log or of a listing: nothing to assemble. */
const chatter =
	/(?:\d+: R\d|from \d+ to \d+|processed \d+ insns|func#\d+ @|mark_precise: frame|Live regs before|verification time |stack depth \d|\(\d+\) (?:frame|live)|\S+:[ \t]+file format |Disassembly of section )[^\n]*/y;
/** `0000000000000008 <name>:` of llvm-objdump. */
const dumpLabel = /[0-9a-f]{16} (?=<[^>\n]+>:)/y;

/** `<main+0x10>` that objdump writes after the distance of a jump. */
const dumpTarget = /<[A-Za-z_.$][\w.$@]*(?:\+0x[0-9a-f]+)?>(?=[ \t]*(?:\r?\n|$))/y;

/** Splits `source` into statements of tokens. */
export function lex(source: string, file: string): Lexed {
	return new Lexer(source, file).run();
}

class Lexer {
	#at = 0;
	#line = 1;
	#lineStart = 0;
	#statement: Token[] = [];
	readonly #tokens: Token[] = [];
	readonly #comments: Token[] = [];
	readonly #diagnostics: Diagnostic[] = [];
	readonly #source: string;
	readonly #file: string;

	constructor(source: string, file: string) {
		this.#source = source;
		this.#file = file;
	}

	run(): Lexed {
		const source = this.#source;
		this.#prefix();
		while (this.#at < source.length) {
			const c = source.charCodeAt(this.#at);
			if (c === 10) this.#newline();
			else if ((classes[c] ?? 0) === SPACE) this.#at++;
			else this.#token(c);
		}
		this.#flush();
		return { tokens: this.#tokens, comments: this.#comments, diagnostics: this.#diagnostics };
	}

	#newline(): void {
		this.#flush();
		this.#at++;
		this.#line++;
		this.#lineStart = this.#at;
		this.#prefix();
	}

	/** What only the start of a line can hold: the lead of a log or listing line. */
	#prefix(): void {
		const source = this.#source;
		while (classAt(source, this.#at) === SPACE) this.#at++;
		const at = this.#at;
		const c = source.charCodeAt(at);
		const digitLike = (c >= 48 && c <= 57) || (c >= 97 && c <= 102) || c === 40;
		if (digitLike) {
			for (const form of [logPrefix, dumpPrefix]) {
				form.lastIndex = at;
				const found = form.exec(source);
				if (!found || found[0] === "") continue;
				const slot = form === logPrefix && found[1] !== undefined ? BigInt(found[1]) : undefined;
				this.#push("log", at, at + found[0].length, slot);
				return;
			}
			dumpLabel.lastIndex = at;
			const found = dumpLabel.exec(source);
			if (found) {
				this.#dumpLabel(at + found[0].length);
				return;
			}
		}
		chatter.lastIndex = at;
		const found = chatter.exec(source);
		if (!found) return;
		const section = /^Disassembly of section (.*):\r?$/.exec(found[0]);
		if (section) {
			this.#push("name", at, at + 22, undefined, ".section");
			this.#push("string", at + 23, at + found[0].length, undefined, `"${section[1]}"`);
		} else this.#comment(at, at + found[0].length);
		this.#at = at + found[0].length;
	}

	#dumpLabel(at: number): void {
		const close = this.#source.indexOf(">:", at);
		this.#push("name", at + 1, close);
		this.#push("mark", close + 1, close + 2);
	}

	#token(c: number): void {
		const source = this.#source;
		const at = this.#at;
		const kind = classes[c] ?? 0;
		if (kind === NAME) this.#name(at);
		else if (kind === DIGIT) this.#number(at);
		else if (c === 34) this.#string(at);
		else if (c === 39) this.#character(at);
		else if (c === 35 && !this.#numberSign(at)) this.#lineComment(at);
		else if (c === 47 && source[at + 1] === "/") this.#lineComment(at);
		else if (c === 47 && source[at + 1] === "*") this.#blockComment(at);
		else if (c === 60 && this.#dumpTarget(at)) return;
		else if (c === 59) this.#push("mark", at, at + 1);
		else this.#mark(at);
	}

	#dumpTarget(at: number): boolean {
		if (this.#statement.length < 2) return false;
		dumpTarget.lastIndex = at;
		const found = dumpTarget.exec(this.#source);
		if (!found) return false;
		this.#comment(at, at + found[0].length);
		this.#at = at + found[0].length;
		return true;
	}

	/** `#` is an operator only in the kernel's `call name#1`. */
	#numberSign(at: number): boolean {
		const before = this.#statement.at(-1);
		return (
			before?.kind === "name" &&
			before.end === at &&
			/^-?\d/.test(this.#source.slice(at + 1, at + 3)) &&
			this.#statement.some((t) => t.text === "call")
		);
	}

	#name(at: number): void {
		let end = at + 1;
		while (classAt(this.#source, end) & (NAME | DIGIT)) end++;
		this.#push("name", at, end);
	}

	#number(at: number): void {
		const source = this.#source;
		let end = at + 1;
		while (classAt(source, end) & (NAME | DIGIT)) end++;
		const text = source.slice(at, end);
		if (/^\d+[bf]$/.test(text)) {
			this.#push("local", at, end);
			return;
		}
		const value = numberValue(text);
		this.#push(value === undefined ? "junk" : "number", at, end, value);
	}

	#string(at: number): void {
		const source = this.#source;
		let end = at + 1;
		while (end < source.length && source[end] !== '"' && source[end] !== "\n")
			end += source[end] === "\\" && source[end + 1] !== "\n" ? 2 : 1;
		if (source[end] === '"') this.#push("string", at, end + 1);
		else this.#push("junk", at, at + 1);
	}

	#character(at: number): void {
		const found = /^'(?:\\(.)|([^'\\\n]))'/.exec(this.#source.slice(at, at + 4));
		if (!found) {
			this.#push("junk", at, at + 1);
			return;
		}
		const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", "0": "\0" };
		const text = found[2] ?? escapes[found[1] ?? ""] ?? found[1] ?? "";
		this.#push("number", at, at + found[0].length, BigInt(text.charCodeAt(0)));
	}

	#mark(at: number): void {
		const source = this.#source;
		const three = source.slice(at, at + 3);
		if (longMarks.has(three)) this.#push("mark", at, at + 3);
		else if (pairMarks.has(three.slice(0, 2))) this.#push("mark", at, at + 2);
		else this.#push(singleMarks.includes(three[0] ?? "?") ? "mark" : "junk", at, at + 1);
	}

	#lineComment(at: number): void {
		let end = this.#source.indexOf("\n", at);
		if (end < 0) end = this.#source.length;
		this.#comment(at, end);
		this.#at = end;
	}

	#blockComment(at: number): void {
		const source = this.#source;
		const close = source.indexOf("*/", at + 2);
		const end = close < 0 ? source.length : close + 2;
		this.#comment(at, end);
		if (close < 0) {
			const place = { line: this.#line, column: at - this.#lineStart + 1 };
			this.#diagnostics.push({
				severity: "error",
				id: "asm/unterminated-comment",
				message: "this comment is not closed: expected */",
				span: { file: this.#file, start: at, end: at + 2, ...place },
			});
		}
		for (let i = source.indexOf("\n", at); i >= 0 && i < end; i = source.indexOf("\n", i + 1)) {
			this.#line++;
			this.#lineStart = i + 1;
		}
		this.#at = end;
	}

	#comment(start: number, end: number): void {
		const place = { line: this.#line, column: start - this.#lineStart + 1 };
		const text = this.#source.slice(start, end);
		this.#comments.push({ kind: "comment", text, start, end, ...place });
	}

	#push(kind: TokenKind, start: number, end: number, value?: bigint, text?: string): void {
		this.#statement.push({
			kind,
			text: text ?? this.#source.slice(start, end),
			start,
			end,
			line: this.#line,
			column: start - this.#lineStart + 1,
			...(value === undefined ? {} : { value }),
		});
		this.#at = end;
	}

	/** Ends the line: semicolons become ends of statements or begin a comment. */
	#flush(): void {
		const line = this.#statement;
		if (line.length === 0) return;
		let open = false;
		for (let i = 0; i < line.length; i++) {
			const token = line[i];
			if (!token) break;
			if (token.text === ";" && token.kind === "mark") {
				if (!separates(line, i)) {
					this.#cut(token, line);
					break;
				}
				if (open) this.#end(token);
				open = false;
			} else {
				this.#tokens.push(token);
				open = true;
			}
		}
		const last = this.#tokens.at(-1);
		if (open && last)
			this.#end({ ...last, start: last.end, column: last.column + last.text.length });
		this.#statement = [];
	}

	#end(at: Token): void {
		const { start, line, column } = at;
		this.#tokens.push({ kind: "end", text: "", start, end: start, line, column });
	}

	/** A comment from `semicolon` to the end of the line; comments found inside it are part of it. */
	#cut(semicolon: Token, line: readonly Token[]): void {
		const rest = this.#source.indexOf("\n", semicolon.start);
		const end = Math.max(rest < 0 ? this.#source.length : rest, line.at(-1)?.end ?? 0);
		while ((this.#comments.at(-1)?.start ?? -1) > semicolon.start) this.#comments.pop();
		const text = this.#source.slice(semicolon.start, end);
		this.#comments.push({ ...semicolon, kind: "comment", text, end });
	}
}

/** The value of a literal: decimal, 0x, 0b, octal with a leading 0, C's suffixes allowed. */
function numberValue(text: string): bigint | undefined {
	const plain = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|\d+)[uU]?[lL]{0,2}[uU]?$/.exec(text)?.[1];
	if (plain === undefined) return undefined;
	if (/^0[0-7]+$/.test(plain)) return BigInt(`0o${plain.slice(1)}`);
	return /^0\d/.test(plain) ? undefined : BigInt(plain);
}
