// Walks over tokens: the current one, what comes after, what must come. Acts on pragmas that it passes. Knows nothing of grammar.

import type { Unroll } from "../ast/index.ts";
import type { Context } from "../check/index.ts";
import { Kind, type Location, type Tokens } from "../token.ts";
import { codeOf, codeTable, T } from "./code.ts";
import { Pragmas } from "./pragma.ts";

/** Thrown nowhere: nesting beyond this is reported and skipped. */
export const deepest = 256;

export abstract class Cursor {
	readonly ctx: Context;
	readonly tokens: Tokens;
	readonly pragmas: Pragmas;
	/** Code of the current token. */
	code = T.end as number;
	/** Index of the current token. */
	index = -1;
	/** Of the token before the current one. */
	before: Location = 0;
	depth = 0;
	readonly #codes: Uint8Array;

	constructor(ctx: Context, tokens: Tokens) {
		this.ctx = ctx;
		this.tokens = tokens;
		this.pragmas = new Pragmas(ctx);
		this.#codes = codeTable(ctx.names, ctx.settings.modern);
	}

	/** Goes to the next token. */
	next(): void {
		if (this.index >= 0) this.before = this.tokens.at[this.index] ?? 0;
		this.jump(this.index + 1);
	}

	/** Makes the token at an index the current one; pragmas on the way act. */
	jump(index: number): void {
		let i = index;
		const last = this.tokens.length - 1;
		while (i < last && this.tokens.kind[i] === Kind.pragma) {
			this.pragmas.act(this.ctx.names.text(this.tokens.text[i] ?? 0), this.tokens.at[i] ?? 0);
			i++;
		}
		if (i > last) i = last;
		this.index = i;
		this.code =
			i < 0
				? T.end
				: codeOf(this.tokens.kind[i] ?? Kind.end, this.tokens.text[i] ?? 0, this.#codes);
	}

	/** Place of the current token. */
	get at(): Location {
		return this.tokens.at[this.index] ?? 0;
	}

	/** Spelling of the current token, as an id. */
	get id(): number {
		return this.tokens.text[this.index] ?? 0;
	}

	get text(): string {
		return this.code === T.end ? "" : this.ctx.names.text(this.id);
	}

	/** Code of a token further on, pragmas passed over. */
	peek(ahead = 1): number {
		let i = this.index;
		for (let n = 0; n < ahead; n++) {
			i++;
			while (i < this.tokens.length && this.tokens.kind[i] === Kind.pragma) i++;
		}
		if (i >= this.tokens.length) return T.end;
		return codeOf(this.tokens.kind[i] ?? Kind.end, this.tokens.text[i] ?? 0, this.#codes);
	}

	/** Whether the current token has a code. A method, so that the compiler does not believe it lasts. */
	is(code: number): boolean {
		return this.code === code;
	}

	/** Goes on when the current token is the one asked for. */
	accept(code: number): boolean {
		if (this.code !== code) return false;
		this.next();
		return true;
	}

	/** Demands a token; a missing one is reported behind the token before it. */
	expect(code: number, text: string, after = ""): boolean {
		if (this.accept(code)) return true;
		this.missing(text, after);
		return false;
	}

	/** Says that `text` is missing here, with the fix. */
	missing(text: string, after = ""): void {
		const { reports } = this.ctx;
		const behind = text === ";" || text === ")" || text === "]";
		const fresh = text === ";" || this.code === T.end;
		const at = fresh && behind && this.index > 0 ? this.before : this.at;
		const message = `expected '${text}'${after}`;
		if (!(fresh && behind)) {
			reports.error("expected", at, message);
			return;
		}
		const edit = reports.insertAfter(at, text);
		reports.errorBehind("expected", at, message, {
			fix: { title: `insert '${text}'`, edits: [edit] },
		});
	}

	/** Demands a closing bracket; goes to it over whatever is in between. */
	close(code: number, text: string, open: Location, opened: string): Location {
		const end = this.at;
		if (this.accept(code)) return end;
		this.ctx.reports.error("expected", this.at, `expected '${text}'`, {
			notes: [{ message: `to match this '${opened}'`, at: open }],
		});
		if (this.is(T.lbrace)) return this.before;
		this.skipTo(code);
		const found = this.at;
		return this.accept(code) ? found : this.before;
	}

	/** Passes over tokens, brackets whole, to one of the codes, or before a `;` or a closing bracket that is not ours. */
	skipTo(...codes: number[]): void {
		let depth = 0;
		for (; this.code !== T.end; this.next()) {
			if (depth === 0 && codes.includes(this.code)) return;
			if (opens(this.code)) depth++;
			else if (closes(this.code)) {
				if (depth === 0) return;
				depth--;
			} else if (depth === 0 && this.code === T.semicolon) return;
		}
	}

	/** Passes over a bracket and all inside. */
	skipBracket(): void {
		let depth = 0;
		for (; this.code !== T.end; this.next()) {
			if (opens(this.code)) depth++;
			else if (closes(this.code) && --depth <= 0) {
				this.next();
				return;
			}
		}
	}

	/** Runs a nested part; too deep a nesting is reported, and `fallback` given. */
	nested<R>(part: () => R, fallback: () => R): R {
		if (this.depth >= deepest) {
			this.ctx.reports.error(
				"nesting",
				this.at,
				`bracket nesting level exceeded maximum of ${deepest}`,
			);
			this.jump(this.tokens.length - 1);
			return fallback();
		}
		this.depth++;
		const value = part();
		this.depth--;
		return value;
	}

	/** Whether the current token stands on a later line than the one before it. */
	onNewLine(): boolean {
		const { locations } = this.ctx.settings;
		if (locations.files.length === 0) return false;
		return locations.position(this.at).line !== locations.position(this.before).line;
	}

	/** Loop pragmas that wait for their loop. */
	takeUnroll(): Unroll | undefined {
		return this.pragmas.takeUnroll();
	}

	/** The string literals from here on. */
	strings(): { text: string; at: Location }[] {
		const parts: { text: string; at: Location }[] = [];
		while (this.code === T.string) {
			parts.push({ text: this.text, at: this.at });
			this.next();
		}
		return parts;
	}
}

function opens(code: number): boolean {
	return code === T.lparen || code === T.lbracket || code === T.lbrace;
}

function closes(code: number): boolean {
	return code === T.rparen || code === T.rbracket || code === T.rbrace;
}
