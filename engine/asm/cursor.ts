// A place in the tokens of one statement. The first fault wins; after it parsing may go on without harm, so that one
// statement gives one error.

import type { Diagnostic, TextEdit } from "../base/index.ts";
import { spanOf, type Token } from "./token.ts";

export interface Register {
	readonly number: number;
	/** False for a w register. */
	readonly wide: boolean;
	readonly token: Token;
}

const registerName = /^[rRwW](\d{1,3})$/;

export function isRegister(token: Token): boolean {
	return token.kind === "name" && registerName.test(token.text);
}

export class Cursor {
	error: Diagnostic | undefined;
	peek: Token;
	/** The token taken last; before the first the one to take. */
	previous: Token;
	#at: number;
	readonly #tokens: readonly Token[];
	readonly file: string;

	/** At `tokens[at]`; the statement is closed by an `end` token. */
	constructor(tokens: readonly Token[], at: number, file: string) {
		this.#tokens = tokens;
		this.#at = at;
		this.file = file;
		this.peek = this.#token(at);
		this.previous = this.peek;
	}

	#token(at: number): Token {
		const token = this.#tokens[at] ?? this.#tokens.at(-1);
		return token ?? { kind: "end", text: "", start: 0, end: 0, line: 1, column: 1 };
	}

	/** The token `n` places ahead; the `end` token of the statement when it is shorter. */
	ahead(n: number): Token {
		for (let i = 0; i < n; i++) {
			const token = this.#token(this.#at + i);
			if (token.kind === "end") return token;
		}
		return this.#token(this.#at + n);
	}

	get done(): boolean {
		return this.peek.kind === "end";
	}

	/** Takes one token; stays at the end of the statement. */
	next(): Token {
		const token = this.peek;
		this.previous = token;
		if (token.kind !== "end") this.peek = this.#token(++this.#at);
		return token;
	}

	/** Takes the mark `text` if it is next. */
	mark(text: string): boolean {
		if (this.peek.kind !== "mark" || this.peek.text !== text) return false;
		this.next();
		return true;
	}

	/** Takes the word `text` if it is next. */
	word(text: string): boolean {
		if (this.peek.kind !== "name" || this.peek.text !== text) return false;
		this.next();
		return true;
	}

	need(text: string): void {
		if (this.mark(text) || this.word(text)) return;
		this.fail("asm/syntax", `expected '${text}', found ${this.found()}`);
	}

	/** The next token, for messages. */
	found(): string {
		return this.done ? "the end of the line" : `'${this.peek.text}'`;
	}

	/** A register, with or without uBPF's %. */
	register(what = "a register"): Register {
		if (this.peek.text === "%" && isRegister(this.ahead(1))) this.next();
		const token = this.peek;
		const found = token.kind === "name" ? registerName.exec(token.text) : null;
		const number = found ? Number(found[1]) : 0;
		if (!found) this.fail("asm/syntax", `expected ${what}, found ${this.found()}`);
		else if (number > 10)
			this.fail(
				"asm/unknown-register",
				`there is no register ${token.text}: they are ${token.text[0]}0 to ${token.text[0]}10`,
			);
		else this.next();
		return { number, wide: !/^w/i.test(token.text), token };
	}

	atRegister(): boolean {
		return isRegister(this.peek) || (this.peek.text === "%" && isRegister(this.ahead(1)));
	}

	/** A register of the given width; the other width is an error with a fix. */
	registerOf(wide: boolean, what?: string): Register {
		const register = this.register(what);
		if (this.error || register.wide === wide) return register;
		const right = `${wide ? "r" : "w"}${register.number}`;
		this.fail(
			"asm/register-width",
			`expected ${right}: this instruction is ${wide ? 64 : 32} bits wide, ${register.token.text} is the ${register.wide ? "whole register" : "lower half"}`,
			register.token,
			register.token,
			right,
		);
		return register;
	}

	/** Notes the first fault of the statement; `replacement` is what the tokens from `from` to `to` should be. */
	fail(
		id: string,
		message: string,
		from: Token = this.peek,
		to: Token = from,
		replacement?: string,
	): void {
		if (this.error) return;
		const span = spanOf(this.file, from, to);
		const edits: TextEdit[] = replacement === undefined ? [] : [{ span, text: replacement }];
		this.error = {
			severity: "error",
			id,
			message,
			span,
			...(replacement === undefined ? {} : { fix: { title: `Replace by ${replacement}`, edits } }),
		};
	}

	/** Everything must have been read. */
	finish(): void {
		if (!this.done) this.fail("asm/syntax", `expected the end of the line, found ${this.found()}`);
	}
}
