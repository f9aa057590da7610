// C text → the same text in the kernel's style. Reads any text, broken or not: it puts blanks and line ends between tokens, and touches
// nothing else. Preprocessor lines stay as they are.

import type { Diagnostic, Span, TextEdit } from "../../base/index.ts";
import { gather } from "./facts.ts";
import { layOut } from "./layout.ts";
import { write } from "./lines.ts";
import { isComment, type Piece, scan } from "./scan.ts";

export interface Formatted {
	readonly text: string;
	/** What makes `text` of the source, in its order: offsets into the source. */
	readonly edits: readonly TextEdit[];
	/** Brackets without a partner: what stands around them is laid out as well as can be. */
	readonly diagnostics: readonly Diagnostic[];
}

/**
 * Formats C as the kernel's coding style has it (Documentation/process/coding-style.rst): tabs of eight, braces after K&R, lines broken
 * where they are longer than 100 columns. Line breaks in statements, single empty lines, columns of members and initialisers, comments and
 * preprocessor lines are kept. The tokens are those of the source, whatever it is; formatting again changes nothing.
 */
export function formatSource(source: string, file: string): Formatted {
	const windows = source.includes("\r\n");
	const text = windows ? source.replaceAll("\r\n", "\n") : source;
	const { pieces, tail } = scan(text);
	const facts = gather(pieces);
	const written = write(pieces, layOut(pieces, facts), facts);
	// A comment that is not closed takes a line end for its own.
	const open = pieces.at(-1)?.kind === "blockComment" && !text.endsWith("*/") && tail === "";
	const end = pieces.length > 0 && !open ? "\n" : "";
	const made = written.map((w) => w.before + w.text).join("") + end;
	const diagnostics = openBrackets(text, pieces, facts.partner, file);
	if (!sameTokens(pieces, scan(made).pieces)) return { text: source, edits: [], diagnostics };
	if (windows) {
		const span = { file, start: 0, end: source.length, line: 1, column: 1 };
		const whole = { span, text: made.replaceAll("\n", "\r\n") };
		return { text: whole.text, edits: whole.text === source ? [] : [whole], diagnostics };
	}
	const edits: TextEdit[] = [];
	const place = placer(source, file);
	const replace = (start: number, old: string, by: string) => {
		if (old !== by) edits.push({ span: place(start, start + old.length), text: by });
	};
	pieces.forEach((piece, i) => {
		const { before = "", text: own = "" } = written[i] ?? {};
		replace(piece.start - piece.gap.length, piece.gap, before);
		replace(piece.start, piece.text, own);
	});
	replace(text.length - tail.length, tail, end);
	return { text: made, edits, diagnostics };
}

function sameTokens(before: readonly Piece[], after: readonly Piece[]): boolean {
	return (
		before.length === after.length &&
		before.every((piece, i) => {
			const other = after[i];
			if (piece.kind !== other?.kind) return false;
			return piece.text === other.text || (isComment(piece) && words(piece) === words(other));
		})
	);
}

const words = ({ text }: Piece) => text.replace(/\s+/g, " ").trimEnd();

function openBrackets(
	text: string,
	pieces: readonly Piece[],
	partner: Int32Array,
	file: string,
): Diagnostic[] {
	const found: Diagnostic[] = [];
	const place = placer(text, file);
	pieces.forEach((piece, i) => {
		if (piece.kind !== "punctuator" || !/^[(){}[\]]$/.test(piece.text)) return;
		if ((partner[i] ?? 0) >= 0) return;
		const opens = "([{".includes(piece.text);
		found.push({
			severity: "warning",
			id: "format/unbalanced",
			message: opens ? `'${piece.text}' is never closed` : `'${piece.text}' closes nothing`,
			span: place(piece.start, piece.start + 1),
		});
	});
	return found;
}

/** Spans of a file, asked for in the order of the text. */
function placer(text: string, file: string): (start: number, end: number) => Span {
	let line = 1;
	let lineStart = 0;
	return (start, end) => {
		for (;;) {
			const next = text.indexOf("\n", lineStart);
			if (next < 0 || next >= start) break;
			lineStart = next + 1;
			line++;
		}
		return { file, start, end, line, column: start - lineStart + 1 };
	};
}
