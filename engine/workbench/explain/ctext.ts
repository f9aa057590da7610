// The text of a C file as far as edits need it: functions, statements and the arguments of calls, found by brackets and semicolons. It knows
// no types and expands no macros; where the text is not what it expects it says undefined, and there is no mend.

import type { Span, TextEdit } from "../../base/index.ts";

/** A statement, or the head of a compound one: `if (...)`. */
export interface Statement {
	readonly start: number;
	readonly end: number;
	/** End with the body, for the head of a compound one; `end` for others. */
	readonly whole: number;
	/** End of what stands before: of `if (...)`, `else`, for a statement without braces around it. */
	readonly after: number;
	/** Stands directly between braces. */
	readonly inBlock: boolean;
}

/** A function's body. */
export interface CFunction {
	readonly name: string;
	/** What stands before the name: result type and attributes. */
	readonly result: string;
	readonly parameters: string;
	/** Offset of its opening brace, and behind its closing one. */
	readonly start: number;
	readonly end: number;
}

type Found = { -readonly [K in keyof Statement]: Statement[K] };

interface Wanted {
	readonly offset: number;
	best: Found | undefined;
}

const CONTROL = /^(if|for|while|switch|else|do)\b/;
const LABEL = /^(case\b[^:?]*|default\s*|[A-Za-z_]\w*\s*):(?!:)/;

export class CText {
	readonly file: string;
	readonly text: string;
	/** The text with comments, literals and preprocessor lines blank. */
	readonly plain: string;
	readonly #lines: number[] = [0];

	constructor(file: string, text: string) {
		this.file = file;
		this.text = text;
		this.plain = blanked(text);
		for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
			this.#lines.push(at + 1);
	}

	/** Offset of a line's first character; lines and columns count from 1. */
	offset(line: number, column = 1): number {
		return (this.#lines[line - 1] ?? this.text.length) + column - 1;
	}

	lineOf(offset: number): number {
		let line = 1;
		while (line < this.#lines.length && (this.#lines[line] ?? 0) <= offset) line++;
		return line;
	}

	line(line: number): string {
		return this.text.slice(this.offset(line), this.offset(line + 1)).replace(/\r?\n$/, "");
	}

	/** White space before the first character of the line of `offset`. */
	indent(offset: number): string {
		return /^[ \t]*/.exec(this.line(this.lineOf(offset)))?.[0] ?? "";
	}

	/** One more level of indentation, as this file has it. */
	get step(): string {
		return /^( {2,8})\S/m.exec(this.text) && !/^\t/m.test(this.text)
			? (/^( {2,8})\S/m.exec(this.text)?.[1] ?? "\t")
			: "\t";
	}

	span(start: number, end: number): Span {
		const line = this.lineOf(start);
		const column = start - this.offset(line) + 1;
		return { file: this.file, start, end, line, column };
	}

	edit(start: number, end: number, text: string): TextEdit {
		return { span: this.span(start, end), text };
	}

	functionAt(offset: number): CFunction | undefined {
		let depth = 0;
		let start = -1;
		for (let i = 0; i < this.plain.length; i++) {
			const c = this.plain[i];
			if (c === "{" && depth++ === 0) start = i;
			if (c !== "}" || --depth !== 0) continue;
			if (i >= offset)
				return start <= offset || start - offset < 200 ? this.#head(start, i + 1) : undefined;
		}
		return undefined;
	}

	#head(start: number, end: number): CFunction | undefined {
		const before = this.plain.slice(0, start).trimEnd();
		if (!before.endsWith(")")) return undefined;
		const open = matchingBack(before, before.length - 1);
		const name = /([A-Za-z_]\w*)\s*$/.exec(before.slice(0, open));
		if (open < 0 || !name?.[1]) return undefined;
		const from = Math.max(before.lastIndexOf(";", open), before.lastIndexOf("}", open)) + 1;
		const result = before.slice(from, name.index).trim();
		const parameters = this.text.slice(open + 1, before.length - 1);
		return { name: name[1], result, parameters, start, end };
	}

	/** The innermost statement at `offset`, or the head of a compound one when it is in its brackets. */
	statementAt(offset: number): Statement | undefined {
		const f = this.functionAt(offset);
		if (!f) return undefined;
		const found: Wanted = { offset, best: undefined };
		this.#block(f.start + 1, f.end - 1, found);
		return found.best;
	}

	#space(at: number): number {
		let i = at;
		while (i < this.plain.length && /\s/.test(this.plain[i] ?? "")) i++;
		return i;
	}

	#block(from: number, to: number, found: Wanted): void {
		for (let at = this.#space(from); at < to; at = this.#space(at))
			at = Math.max(at + 1, this.#statement(at, at, true, to, found));
	}

	/** Goes through the statement at `at`; the offset behind it. */
	#statement(at: number, after: number, inBlock: boolean, to: number, found: Wanted): number {
		const rest = this.plain.slice(at, to);
		const label = rest[0] === "{" ? null : LABEL.exec(rest);
		if (label && !/^(if|else|for|while|do|return)\b/.test(rest)) {
			const next = this.#space(at + label[0].length);
			return next < to ? this.#statement(next, at + label[0].length, inBlock, to, found) : next;
		}
		if (rest[0] === "{") {
			const close = matching(this.plain, at);
			this.#block(at + 1, close, found);
			return close + 1;
		}
		const head = this.#controlEnd(at, to);
		if (head === undefined) return this.#simple(at, after, inBlock, to, found);
		const taken = this.#take(at, head, after, inBlock, found);
		const body = this.#space(head);
		let end = this.#statement(body, head, false, to, found);
		const next = this.#space(end);
		if (this.plain.startsWith("else", next) && !/\w/.test(this.plain[next + 4] ?? "")) {
			const other = this.#space(next + 4);
			end = this.#statement(other, next + 4, false, to, found);
		} else if (rest.startsWith("do") && this.plain.startsWith("while", next))
			end = this.#simple(next, end, inBlock, to, found);
		if (taken) taken.whole = end;
		return end;
	}

	/** End of `if (...)`, `for (...)`, `do`, or of a macro that is one (`bpf_for(...) {`); undefined for other statements. */
	#controlEnd(at: number, to: number): number | undefined {
		const rest = this.plain.slice(at, to);
		const word = CONTROL.exec(rest)?.[1];
		if (word === "do" || word === "else") return at + word.length;
		const call = /^[A-Za-z_]\w*\s*\(/.exec(rest);
		if (!call) return undefined;
		const close = matching(this.plain, at + call[0].length - 1);
		if (close < 0) return undefined;
		return word || this.plain[this.#space(close + 1)] === "{" ? close + 1 : undefined;
	}

	#simple(at: number, after: number, inBlock: boolean, to: number, found: Wanted): number {
		let i = at;
		while (i < to && this.plain[i] !== ";") {
			const close = "([{".includes(this.plain[i] ?? " ") ? matching(this.plain, i) : i;
			if (close < 0) return to;
			i = close + 1;
		}
		this.#take(at, Math.min(i + 1, to), after, inBlock, found);
		return i + 1;
	}

	#take(
		start: number,
		end: number,
		after: number,
		inBlock: boolean,
		found: Wanted,
	): Found | undefined {
		const line = this.offset(this.lineOf(start));
		const { offset } = found;
		// An offset before the first statement of its line belongs to it.
		if (found.best || !(offset >= start || (offset >= line && inBlock)) || offset >= end)
			return undefined;
		found.best = { start, end, whole: end, after, inBlock };
		return found.best;
	}

	/** The arguments of the call whose name is at or behind `offset`, as offsets of their texts. */
	argumentsAt(offset: number, name: string): { start: number; end: number }[] | undefined {
		const at = new RegExp(`\\b${name}\\s*\\(`).exec(this.plain.slice(offset));
		if (!at) return undefined;
		const open = offset + at.index + at[0].length - 1;
		const close = matching(this.plain, open);
		if (close < 0) return undefined;
		const out: { start: number; end: number }[] = [];
		for (let i = open + 1, from = i; i <= close; i++) {
			const c = this.plain[i] ?? "";
			if (i === close || c === ",") {
				out.push(this.#trimmed(from, i));
				from = i + 1;
			} else if ("([{".includes(c)) i = Math.max(i, matching(this.plain, i));
		}
		return out;
	}

	#trimmed(start: number, end: number): { start: number; end: number } {
		const text = this.text.slice(start, end);
		return {
			start: start + (text.length - text.trimStart().length),
			end: start + text.trimEnd().length,
		};
	}
}

/** Offset of the bracket that closes the one at `at`; -1 when there is none. */
export function matching(text: string, at: number): number {
	let depth = 0;
	for (let i = at; i < text.length; i++) {
		if ("([{".includes(text[i] ?? " ")) depth++;
		else if (")]}".includes(text[i] ?? " ") && --depth === 0) return i;
	}
	return -1;
}

function matchingBack(text: string, at: number): number {
	let depth = 0;
	for (let i = at; i >= 0; i--) {
		if (text[i] === ")") depth++;
		else if (text[i] === "(" && --depth === 0) return i;
	}
	return -1;
}

/** Same length; comments, the insides of literals and preprocessor lines are spaces. */
function blanked(text: string): string {
	const parts =
		/\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|^[ \t]*#(?:[^\n\\]|\\\r?\n|\\.)*/gm;
	return text.replace(parts, (part) =>
		/^["']/.test(part)
			? part[0] + "_".repeat(Math.max(0, part.length - 2)) + part[0]
			: part.replace(/[^\n]/g, " "),
	);
}
