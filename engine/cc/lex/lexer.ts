// Text → preprocessing tokens (C11 6.4), with line continuations and comments taken out. Works on character codes; spellings are
// interned without making a string for each. Keeps what it made of a text, for the next time. Knows nothing of directives.

import type { Names } from "../token.ts";
import { findGuard } from "./guard.ts";
import { type Lexed, lineStart, Raw, spaceBefore } from "./raw.ts";

const newline = 10;
const carriage = 13;
const backslash = 92;
const slash = 47;
const star = 42;
const quote = 34;
const apostrophe = 39;
const dot = 46;

/** Texts of headers that are remembered: more than any program includes. */
const mostKept = 500;

/** Bits of a character: starts an identifier, continues one, is a digit, is blank. */
const starts = 1;
const continues = 2;
const digit = 4;
const blank = 8;
/** Punctuators that a line continuation may cut in two. */
const compound = 16;

const classes = classTable();

function classTable(): Uint8Array {
	const table = new Uint8Array(128);
	const mark = (characters: string, bits: number) => {
		for (const c of characters) table[c.charCodeAt(0)] = (table[c.charCodeAt(0)] ?? 0) | bits;
	};
	const letters = "abcdefghijklmnopqrstuvwxyz";
	mark(`${letters}${letters.toUpperCase()}_$`, starts | continues);
	mark("0123456789", digit | continues);
	mark(" \t\v\f\0", blank);
	mark("+-<>=&|!^%*/.#:", compound);
	return table;
}

const pairs = new Set([
	...["->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "##"],
	...["*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "<:", ":>", "<%", "%>", "%:"],
]);
/** For each first character, the second ones that make a punctuator with it. */
const seconds = Array.from({ length: 128 }, (_, first) =>
	[...pairs].filter((p) => p.charCodeAt(0) === first).map((p) => p.charCodeAt(1)),
);
const digraphs = new Set(["<:", ":>", "<%", "%>", "%:", "%:%:"]);
const singles = "[](){}.&*+-~!/%<>^|?:;=,#";
const isSingle = Uint8Array.from({ length: 128 }, (_, c) =>
	singles.includes(String.fromCharCode(c)) ? 1 : 0,
);
const encodings = new Set(["L", "u", "U", "u8"]);

/** Lexes texts with one table of names. One for each compiler: it remembers the texts of headers. */
export class Lexer {
	readonly names: Names;
	readonly #known = new Map<string, Lexed>();
	/** Open hash table from spelling to id + 1. */
	#table = new Int32Array(1 << 14);
	#filled = 0;

	#text = "";
	#at = 0;
	/** Of the token just scanned. */
	#kind = 0;
	/** The spelling of the token just scanned where it is not a slice of the text. */
	#cleaned: string | undefined;

	#kinds = new Uint8Array(0);
	#texts = new Int32Array(0);
	#offsets = new Int32Array(0);
	#flags = new Uint8Array(0);
	#count = 0;
	#directives: number[] = [];
	#openComment = -1;

	constructor(names: Names) {
		this.names = names;
	}

	/** The tokens of `text`; the same object for the same text. `keep` false forgets it again: for the text being typed. */
	lex(text: string, keep = true): Lexed {
		const known = this.#known.get(text);
		if (known !== undefined) return known;
		this.#start(text);
		this.#run();
		const n = this.#count;
		const lexed = {
			length: n,
			kind: this.#kinds.slice(0, n),
			text: this.#texts.slice(0, n),
			offset: this.#offsets.slice(0, n),
			flags: this.#flags.slice(0, n),
			directives: Int32Array.from(this.#directives),
			openComment: this.#openComment,
		};
		const result = { ...lexed, guard: findGuard(lexed, this.names) };
		if (keep) this.#keep(text, result);
		return result;
	}

	#keep(text: string, lexed: Lexed): void {
		if (this.#known.size >= mostKept)
			for (const oldest of this.#known.keys()) {
				this.#known.delete(oldest);
				break;
			}
		this.#known.set(text, lexed);
	}

	/** The kind of the one token that `text` is, or -1 when it is not exactly one. */
	single(text: string): number {
		this.#text = text;
		this.#at = 0;
		this.#cleaned = undefined;
		const first = text.charCodeAt(0);
		if (text === "" || (classes[first] ?? 0) & blank || first === newline) return -1;
		if (text.startsWith("//") || text.startsWith("/*")) return -1;
		this.#scan(first);
		return this.#at === text.length && this.#kind < Raw.stray ? this.#kind : -1;
	}

	#start(text: string): void {
		this.#text = text;
		this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
		this.#count = 0;
		this.#directives = [];
		this.#openComment = -1;
		const room = (text.length >> 2) + 16;
		if (this.#kinds.length < room) this.#grow(room);
	}

	#grow(room: number): void {
		const copy = <T extends Uint8Array | Int32Array>(from: T, to: T): T => {
			to.set(from);
			return to;
		};
		this.#kinds = copy(this.#kinds, new Uint8Array(room));
		this.#texts = copy(this.#texts, new Int32Array(room));
		this.#offsets = copy(this.#offsets, new Int32Array(room));
		this.#flags = copy(this.#flags, new Uint8Array(room));
	}

	#run(): void {
		const text = this.#text;
		let flags = lineStart;
		for (;;) {
			const c = text.charCodeAt(this.#at);
			if (Number.isNaN(c)) return;
			if (c === 32 || (c < 128 && (classes[c] ?? 0) & blank) || c === carriage) {
				flags |= spaceBefore;
				this.#at++;
			} else if (c === newline) {
				flags = lineStart;
				this.#at++;
			} else if (c === slash && this.#skipComment()) {
				flags |= spaceBefore;
			} else if (c === backslash && this.#splice(this.#at) > 0) {
				this.#at += this.#splice(this.#at);
			} else {
				if (this.#token(c, flags)) flags = 0;
				else flags |= spaceBefore;
			}
		}
	}

	/** Scans and stores a token; false when it turned out to be a comment behind a line continuation. */
	#token(c: number, flags: number): boolean {
		const start = this.#at;
		this.#cleaned = undefined;
		this.#scan(c);
		if (this.#text.charCodeAt(this.#at) === backslash && this.#splice(this.#at) > 0) {
			const bits = c < 128 ? (classes[c] ?? 0) : continues;
			if (bits & (continues | compound) && !this.#spliced(start)) return false;
		}
		const n = this.#count;
		if (n === this.#kinds.length) this.#grow(n * 2);
		this.#kinds[n] = this.#kind;
		this.#texts[n] =
			this.#cleaned === undefined ? this.#spelled(start) : this.names.id(this.#cleaned);
		this.#offsets[n] = start;
		this.#flags[n] = flags;
		if (flags & lineStart && (c === 35 || (c === 37 && this.#kind === Raw.digraph)))
			if (this.#at - start === (c === 35 ? 1 : 2) || this.#cleaned !== undefined)
				this.#directives.push(n);
		this.#count++;
		return true;
	}

	/** The id of a token's spelling; characters that a name spells as `\u00e9` are themselves. */
	#spelled(start: number): number {
		const id = this.#intern(this.#text, start, this.#at);
		if (this.#kind !== Raw.identifier) return id;
		const text = this.#text.slice(start, this.#at);
		if (!text.includes("\\")) return id;
		return this.names.id(
			text.replace(/\\(?:u(.{4})|U(.{8}))/g, (_, four?: string, eight?: string) =>
				String.fromCodePoint(Number.parseInt(four ?? eight ?? "0", 16)),
			),
		);
	}

	/** Moves over one token that starts with `c`, and says its kind. */
	#scan(c: number): void {
		const bits = c < 128 ? (classes[c] ?? 0) : 0;
		if (bits & starts) {
			const start = this.#at;
			this.#identifier();
			const next = this.#text.charCodeAt(this.#at);
			if (next !== quote && next !== apostrophe) return;
			if (this.#at - start > 2 || !encodings.has(this.#text.slice(start, this.#at))) return;
			this.#literal(next, start);
		} else if (bits & digit || (c === dot && this.#isDigit(this.#at + 1))) this.#number();
		else if (c === quote || c === apostrophe) this.#literal(c, this.#at);
		else if (c >= 128) this.#wide();
		else if (c === backslash && named(this.#text, this.#at) > 0) {
			this.#at += named(this.#text, this.#at) - 1;
			this.#identifier();
		} else this.#punctuator(c);
	}

	#identifier(): void {
		const text = this.#text;
		let at = this.#at;
		for (;;) {
			const c = text.charCodeAt(++at);
			if (c === backslash) {
				const length = named(text, at);
				if (length === 0) break;
				at += length - 1;
				continue;
			}
			if (c < 128 ? !((classes[c] ?? 0) & continues) : !isWideLetter(text, at)) break;
			if (c >= 128 && (text.codePointAt(at) ?? 0) > 0xffff) at++;
		}
		this.#at = at;
		this.#kind = Raw.identifier;
	}

	#wide(): void {
		if (isWideLetter(this.#text, this.#at)) {
			if ((this.#text.codePointAt(this.#at) ?? 0) > 0xffff) this.#at++;
			this.#identifier();
			return;
		}
		this.#at += (this.#text.codePointAt(this.#at) ?? 0) > 0xffff ? 2 : 1;
		this.#kind = Raw.stray;
	}

	#isDigit(at: number): boolean {
		const c = this.#text.charCodeAt(at);
		return c >= 48 && c <= 57;
	}

	/** A preprocessing number (6.4.8). */
	#number(): void {
		const text = this.#text;
		let at = this.#at;
		for (;;) {
			const c = text.charCodeAt(++at);
			if (c === dot || (c < 128 && (classes[c] ?? 0) & continues)) continue;
			if (c === apostrophe) {
				// C23 separates digits so.
				const after = text.charCodeAt(at + 1);
				if (after < 128 && (classes[after] ?? 0) & continues) continue;
				break;
			}
			if (c !== 43 && c !== 45) break;
			const before = text.charCodeAt(at - 1) | 32;
			if (before !== 101 && before !== 112) break;
		}
		this.#at = at;
		this.#kind = Raw.number;
	}

	/** A string or character constant whose opening quote is at the place reached; a prefix may come before it. */
	#literal(close: number, start: number): void {
		const text = this.#text;
		let at = this.#at;
		let dirty = false;
		for (;;) {
			const c = text.charCodeAt(++at);
			if (c === close) break;
			if (c === newline || Number.isNaN(c)) {
				this.#at = at;
				if (text.charCodeAt(at - 1) === carriage) this.#at--;
				this.#kind = close === quote ? Raw.openString : Raw.openCharacter;
				if (dirty) this.#cleaned = clean(text.slice(start, this.#at));
				return;
			}
			if (c !== backslash) continue;
			let next = at;
			for (let cut = this.#splice(next); cut > 0; cut = this.#splice(next)) {
				dirty = true;
				next += cut;
			}
			if (next > at) {
				at = next - 1;
				continue;
			}
			next = at + 1;
			for (let cut = this.#splice(next); cut > 0; cut = this.#splice(next)) {
				dirty = true;
				next += cut;
			}
			at = text.charCodeAt(next) === newline ? next - 1 : next;
		}
		this.#at = at + 1;
		this.#kind = close === quote ? Raw.string : Raw.character;
		if (dirty) this.#cleaned = clean(text.slice(start, this.#at));
	}

	#punctuator(c: number): void {
		const text = this.#text;
		const start = this.#at;
		const next = text.charCodeAt(start + 1);
		const third = text.charCodeAt(start + 2);
		let length = 1;
		if (c === dot) length = next === dot && third === dot ? 3 : 1;
		else if (seconds[c]?.includes(next)) {
			length = 2;
			if (third === 61 && next === c && (c === 60 || c === 62)) length = 3;
			else if (c === 37 && text.startsWith("%:%:", start)) length = 4;
		}
		this.#at = start + length;
		if (length > 1 && (c === 60 || c === 58 || c === 37) && next !== 61 && next !== c)
			this.#kind = digraphs.has(text.slice(start, this.#at)) ? Raw.digraph : Raw.punctuator;
		else this.#kind = isSingle[c] ? Raw.punctuator : Raw.stray;
	}

	/** Characters of the line continuation at `at`, or 0. Blanks may stand between the backslash and the end of the line. */
	#splice(at: number): number {
		const text = this.#text;
		if (text.charCodeAt(at) !== backslash) return 0;
		for (let end = at + 1; ; end++) {
			const c = text.charCodeAt(end);
			if (c === newline) return end + 1 - at;
			if (c !== 32 && c !== 9 && c !== carriage) return 0;
		}
	}

	/** Scans again a token that line continuations cut; false when it is a comment. */
	#spliced(start: number): boolean {
		const text = this.#text;
		const places: number[] = [];
		let line = "";
		let at = start;
		while (at < text.length && text.charCodeAt(at) !== newline) {
			const splice = this.#splice(at);
			if (splice === 0) {
				line += text[at];
				places.push(at);
			}
			at += splice || 1;
		}
		places.push(at);
		if (line.startsWith("//") || line.startsWith("/*")) {
			this.#at = line[1] === "/" ? at : (places[2] ?? at);
			if (line[1] === "*") this.#skipBlock(start);
			return false;
		}
		this.#text = line;
		this.#at = 0;
		this.#cleaned = undefined;
		this.#scan(line.charCodeAt(0));
		this.#cleaned ??= line.slice(0, this.#at);
		const end = this.#at;
		this.#text = text;
		this.#at = places[end] ?? at;
		return true;
	}

	/** Moves over a comment at the place reached; false when there is none. */
	#skipComment(): boolean {
		const text = this.#text;
		const start = this.#at;
		const next = text.charCodeAt(start + 1);
		if (next === star) {
			this.#at += 2;
			this.#skipBlock(start);
			return true;
		}
		if (next !== slash) return false;
		let end = text.indexOf("\n", start);
		while (end >= 0 && this.#continued(end)) end = text.indexOf("\n", end + 1);
		this.#at = end < 0 ? text.length : end;
		return true;
	}

	/** Whether the line that ends at `end` goes on with the next. */
	#continued(end: number): boolean {
		let at = end - 1;
		while (at >= 0) {
			const c = this.#text.charCodeAt(at);
			if (c !== 32 && c !== 9 && c !== carriage) return c === backslash;
			at--;
		}
		return false;
	}

	#skipBlock(start: number): void {
		const text = this.#text;
		let end = text.indexOf("*/", this.#at);
		const cut = text.indexOf("*\\", this.#at);
		if (cut >= 0 && (end < 0 || cut < end)) {
			const found = /\*(?:\\[ \t\r]*\n)+\//g;
			found.lastIndex = this.#at;
			const match = found.exec(text);
			if (match !== null && (end < 0 || match.index < end)) end = found.lastIndex - 2;
		}
		if (end < 0) {
			this.#openComment = start;
			this.#at = text.length;
		} else this.#at = end + 2;
	}

	/** Id of `text.slice(start, end)`; makes the string only when it is new. */
	#intern(text: string, start: number, end: number): number {
		let hash = 0;
		for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
		const mask = this.#table.length - 1;
		let slot = (hash ^ (hash >>> 15)) & mask;
		for (;;) {
			const id = (this.#table[slot] ?? 0) - 1;
			if (id < 0) break;
			const name = this.names.text(id);
			if (name.length === end - start && text.startsWith(name, start)) return id;
			slot = (slot + 1) & mask;
		}
		const id = this.names.id(text.slice(start, end));
		this.#table[slot] = id + 1;
		if (++this.#filled * 2 > mask) this.#rehash();
		return id;
	}

	#rehash(): void {
		const old = this.#table;
		const mask = old.length * 4 - 1;
		this.#table = new Int32Array(old.length * 4);
		for (const entry of old) {
			if (entry === 0) continue;
			const name = this.names.text(entry - 1);
			let hash = 0;
			for (let at = 0; at < name.length; at++)
				hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
			let slot = (hash ^ (hash >>> 15)) & mask;
			while (this.#table[slot]) slot = (slot + 1) & mask;
			this.#table[slot] = entry;
		}
	}
}

function clean(spelling: string): string {
	return spelling.replace(/\\[ \t\r]*\n/g, "");
}

/** Characters of `\u00e9` or `\U000000e9` that may stand in a name, 0 for anything else. */
function named(text: string, at: number): number {
	const letter = text[at + 1];
	const digits = letter === "u" ? 4 : letter === "U" ? 8 : 0;
	if (digits === 0) return 0;
	const hex = text.slice(at + 2, at + 2 + digits);
	if (hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex)) return 0;
	const code = Number.parseInt(hex, 16);
	if (code < 128 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return 0;
	return /[\p{XIDC}]/u.test(String.fromCodePoint(code)) ? digits + 2 : 0;
}

function isWideLetter(text: string, at: number): boolean {
	const code = text.codePointAt(at);
	return code !== undefined && code >= 128 && /[\p{XIDC}]/u.test(String.fromCodePoint(code));
}
