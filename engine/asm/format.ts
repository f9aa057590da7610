// Lays out assembly text: labels at the left, instructions indented, comments of a block in one column. Only white space
// at the start of lines and before comments changes, so the bytes stay the same.

import { lex } from "./lex.ts";
import type { Token } from "./token.ts";

const INDENT = "\t";
const TAB_WIDTH = 8;
/** Comments begin here or further right, but a line longer than this does not move its neighbours'. */
const FIRST_COLUMN = 32;
const LAST_COLUMN = 56;

interface Line {
	/** Label and statement; undefined: the line stays as it is. */
	readonly body: string | undefined;
	readonly comment: string;
	readonly original: string;
}

/** The source, laid out. */
export function format(source: string): string {
	const texts = source.split("\n");
	const lexed = lex(source, "");
	const firsts = new Map<number, Token>();
	for (const token of lexed.tokens)
		if (token.kind !== "end" && !firsts.has(token.line)) firsts.set(token.line, token);
	const comments = new Map<number, Token[]>();
	const fixed = new Set<number>();
	for (const comment of lexed.comments) {
		const list = comments.get(comment.line);
		if (list) list.push(comment);
		else comments.set(comment.line, [comment]);
		const rows = comment.text.split("\n").length;
		if (rows > 1) for (let i = 0; i < rows; i++) fixed.add(comment.line + i);
	}
	const afterColons = labelEnds(lexed.tokens);
	let start = 0;
	const lines = texts.map((text, i): Line => {
		const line = i + 1;
		const from = start;
		start += text.length + 1;
		const first = firsts.get(line);
		// What stands before the first token (a listing's address, a comment) keeps its place.
		const led = first !== undefined && text.slice(0, first.column - 1).trim() !== "";
		const made = first !== undefined && source.slice(first.start, first.end) !== first.text;
		if (fixed.has(line) || first?.kind === "log" || led || made)
			return { body: undefined, comment: "", original: text };
		return split(text, from, first, comments.get(line) ?? [], afterColons.get(line));
	});
	return blocks(lines).join("\n");
}

/** Offset behind the last leading label of each line. */
function labelEnds(tokens: readonly Token[]): Map<number, number> {
	const ends = new Map<number, number>();
	let leading = true;
	let line = 0;
	tokens.forEach((token, i) => {
		if (token.line !== line) leading = true;
		line = token.line;
		const colon = tokens[i + 1];
		if (leading && colon?.text === ":" && (token.kind === "name" || token.kind === "number"))
			ends.set(line, colon.end);
		else if (token.text !== ":") leading = false;
	});
	return ends;
}

function split(
	text: string,
	from: number,
	first: Token | undefined,
	comments: readonly Token[],
	labelEnd: number | undefined,
): Line {
	const last = comments.at(-1);
	const tail = last && text.slice(last.end - from).trim() === "" ? last : undefined;
	const comment = tail ? tail.text.trimEnd() : "";
	const code = text.slice(0, tail ? tail.start - from : undefined).trim();
	if (!first || code === "")
		return {
			body: "",
			comment: /^\s/.test(text) && comment ? INDENT + comment : comment,
			original: text,
		};
	const cut = labelEnd === undefined ? 0 : labelEnd - first.start;
	const label = code.slice(0, cut).trim();
	const statement = code.slice(cut).trim();
	const body =
		statement === ""
			? label
			: label === ""
				? indent(statement) + statement
				: joined(label, statement);
	return { body, comment, original: text };
}

/** Directives that make structure stay at the left. */
function indent(statement: string): string {
	const outer =
		/^\.(section|text|data|rodata|bss|map|license|version|equ|set|globl|global|type|extern)\b/;
	return outer.test(statement) ? "" : INDENT;
}

function joined(label: string, statement: string): string {
	return label.length < TAB_WIDTH ? `${label}\t${statement}` : `${label} ${statement}`;
}

function blocks(lines: readonly Line[]): string[] {
	const out: string[] = [];
	for (let i = 0; i < lines.length; ) {
		let end = i;
		while (end < lines.length && lines[end]?.original.trim() !== "") end++;
		const block = lines.slice(i, Math.max(end, i + 1));
		const widths = block
			.filter((l) => l.body && l.comment)
			.map((l) => width(l.body ?? "") + 2)
			.filter((w) => w <= LAST_COLUMN);
		const column = Math.max(FIRST_COLUMN, ...widths);
		for (const line of block) out.push(rendered(line, column));
		i += block.length;
	}
	return out;
}

function rendered({ body, comment, original }: Line, column: number): string {
	if (body === undefined) return original.trimEnd();
	if (body === "" || comment === "") return body + comment;
	return body + " ".repeat(Math.max(column - width(body), 2)) + comment;
}

/** Columns that a text takes with tabs to multiples of eight. */
function width(text: string): number {
	let columns = 0;
	for (const c of text) columns += c === "\t" ? TAB_WIDTH - (columns % TAB_WIDTH) : 1;
	return columns;
}
