// C text → tokens with the blanks before them, comments and preprocessor lines among them. Reads any text and loses nothing of it:
// blanks and spellings put together again are the text. Knows nothing of grammar.

export type PieceKind =
	| "word"
	| "number"
	| "string"
	| "punctuator"
	| "lineComment"
	| "blockComment"
	/** A preprocessor line with its continuations. */
	| "directive"
	| "other";

export interface Piece {
	readonly kind: PieceKind;
	readonly text: string;
	readonly start: number;
	/** The blanks before it. */
	readonly gap: string;
	/** Line ends in `gap`. */
	readonly lines: number;
	/** The blanks before it stay as they are. */
	kept: boolean;
}

const punctuators = [
	...["%:%:", "...", "<<=", ">>=", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!="],
	...["&&", "||", "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "##", "<:", ":>", "<%", "%>"],
	"%:",
];
const encodings = new Set(["L", "u", "U", "u8"]);

const isBlank = (c: string) => c === " " || (c >= "\t" && c <= "\r") || c === "\0";
const isDigit = (c: string) => c >= "0" && c <= "9";
const isWord = (c: string) =>
	(c >= "a" && c <= "z") || (c >= "A" && c <= "Z") || isDigit(c) || c === "_" || c === "$";

/** How many characters of a name stand at `at`: letters of other scripts may be two. */
function letter(text: string, at: number): number {
	const c = text[at] ?? "";
	if (c === "\\") return escapedLetter(text.slice(at, at + 10));
	if (c <= "\x7f") return isWord(c) ? 1 : 0;
	const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
	return /[\p{XIDC}]/u.test(whole) ? whole.length : 0;
}

/** How many characters `\u00e9` or `\U000000e9` at the beginning takes, where names may hold what it means. */
function escapedLetter(text: string): number {
	const spelled = /^\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(text);
	const code = Number.parseInt(spelled?.[1] ?? spelled?.[2] ?? "0", 16);
	if (code < 128 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return 0;
	return /[\p{XIDC}]/u.test(String.fromCodePoint(code)) ? (spelled?.[0].length ?? 0) : 0;
}

/** The end of a line continuation that begins at `at`, or `at` when there is none. */
function spliceEnd(text: string, at: number): number {
	if (text[at] !== "\\") return at;
	let end = at + 1;
	while (end < text.length && text[end] !== "\n" && isBlank(text[end] ?? "")) end++;
	return text[end] === "\n" ? end + 1 : at;
}

/** The end of the line at `at`, continuations followed; the line's own end is not in it. */
function lineEnd(text: string, at: number): number {
	let end = at;
	while (end < text.length && text[end] !== "\n") {
		const next = spliceEnd(text, end);
		end = next > end ? next : end + 1;
	}
	return end;
}

/** Moves over line continuations. */
function spliced(text: string, at: number): number {
	for (let end = at; ; ) {
		const next = spliceEnd(text, end);
		if (next === end) return end;
		end = next;
	}
}

/** The end of the comment at `at`, or `at` when there is none; continuations may cut its marks in two. */
function commentEnd(text: string, at: number): number {
	if (text[at] !== "/") return at;
	const second = spliced(text, at + 1);
	if (text[second] === "/") return lineEnd(text, second);
	if (text[second] !== "*") return at;
	for (let star = text.indexOf("*", second + 1); star >= 0; star = text.indexOf("*", star + 1)) {
		const end = spliced(text, star + 1);
		if (text[end] === "/") return end + 1;
	}
	return text.length;
}

/** The end of a literal whose quote stands at `at`; one that is not closed goes to the end of its line. */
function literalEnd(text: string, at: number): number {
	const quote = text[at];
	let end = at + 1;
	while (end < text.length && text[end] !== "\n") {
		if (text[end] === "\\") {
			const next = spliceEnd(text, end);
			end = next > end ? next : Math.min(end + 2, text.length);
			if (next === end) continue;
			if (text[end - 1] === "\n") return end - 1;
		} else if (text[end++] === quote) return end;
	}
	return end;
}

/** The end of a preprocessor line: comments in it may hold line ends. */
function directiveEnd(text: string, at: number): number {
	let end = at;
	while (end < text.length && text[end] !== "\n") {
		const c = text[end];
		const next = spliceEnd(text, end);
		if (next > end) end = next;
		else if (c === '"' || c === "'") end = literalEnd(text, end);
		else end = Math.max(end + 1, commentEnd(text, end));
	}
	return end;
}

function numberEnd(text: string, at: number): number {
	let end = at + 1;
	for (; end < text.length; end++) {
		const c = text[end] ?? "";
		if (isWord(c) || c === ".") continue;
		if ((c === "+" || c === "-") && /[eEpP]/.test(text[end - 1] ?? "")) continue;
		// C23 separates digits so.
		if (c === "'" && isWord(text[end + 1] ?? "")) continue;
		break;
	}
	return end;
}

function wordEnd(text: string, at: number): number {
	let end = at;
	for (let step = letter(text, end); step > 0; step = letter(text, end)) end += step;
	return end;
}

/** The token at `at`, where no blank stands. */
export function tokenAt(text: string, at: number): { kind: PieceKind; end: number } {
	const c = text[at] ?? "";
	const comment = commentEnd(text, at);
	if (comment > at) {
		const line = text[spliced(text, at + 1)] === "/";
		return { kind: line ? "lineComment" : "blockComment", end: comment };
	}
	if (isDigit(c) || (c === "." && isDigit(text[at + 1] ?? "")))
		return { kind: "number", end: numberEnd(text, at) };
	if (letter(text, at) > 0) {
		const end = wordEnd(text, at);
		const quoted = text[end] === '"' || text[end] === "'";
		if (quoted && encodings.has(text.slice(at, end)))
			return { kind: "string", end: literalEnd(text, end) };
		return { kind: "word", end };
	}
	if (c === '"' || c === "'") return { kind: "string", end: literalEnd(text, at) };
	const long = punctuators.find((p) => text.startsWith(p, at));
	if (long) return { kind: "punctuator", end: at + long.length };
	return {
		kind: "[](){}.&*+-~!/%<>^|?:;=,#".includes(c) ? "punctuator" : "other",
		end: at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1),
	};
}

const isHash = (text: string) => text === "#" || text === "##" || text === "%:" || text === "%:%:";

/** What `scan` gives: the pieces, and the blanks after the last. */
export interface Scanned {
	readonly pieces: Piece[];
	readonly tail: string;
}

export function scan(text: string): Scanned {
	const pieces: Piece[] = [];
	let at = text[0] === "\ufeff" ? 1 : 0;
	let from = 0;
	let first = true;
	let rest = false;
	for (;;) {
		const { end: start, lines, cut } = blanks(text, at);
		const gap = text.slice(from, start);
		if (start >= text.length) return { pieces, tail: gap };
		first ||= lines > 0;
		let { kind, end } = tokenAt(text, start);
		const hash = kind === "punctuator" && isHash(text.slice(start, end));
		if (hash && first) {
			kind = "directive";
			end = directiveEnd(text, start);
		}
		const keep = cut || (hash && !first);
		if (keep) keepLine(pieces, lines);
		rest = cut || (rest && lines === 0);
		const kept = keep || (rest && lines === 0);
		pieces.push({ kind, text: text.slice(start, end), start, gap, lines, kept });
		if (kind !== "blockComment") first = false;
		at = end;
		from = end;
	}
}

/** Moves over blanks: how many line ends they hold, and whether a line continuation is among them. */
function blanks(text: string, from: number): { end: number; lines: number; cut: boolean } {
	let end = from;
	let lines = 0;
	let cut = false;
	for (;;) {
		const next = spliceEnd(text, end);
		if (next > end) {
			end = next;
			cut = true;
		} else if (end < text.length && isBlank(text[end] ?? "")) {
			if (text[end] === "\n") lines++;
			end++;
		} else return { end, lines, cut };
	}
}

/** A `#` within a line must never come to begin one, and a token may be cut by a continuation: such a line stays as it is. */
function keepLine(pieces: readonly Piece[], lines: number): void {
	for (let i = pieces.length - 1; i >= 0 && lines === 0; i--) {
		const piece = pieces[i];
		if (!piece || piece.lines > 0 || piece.kept) break;
		piece.kept = true;
	}
}

/** Whether `left` and `right` stay two tokens when nothing stands between them. */
export function separable(left: string, right: string): boolean {
	if (left.endsWith(".") && right.startsWith(".")) return false;
	return tokenAt(left + right, 0).end === left.length;
}

export const isComment = (piece: Piece | undefined) =>
	piece?.kind === "blockComment" || piece?.kind === "lineComment";
