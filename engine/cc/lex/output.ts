// The tokens that the parser gets. What no parser should see, a stray character or a literal that never ends, is reported here and mended.

import type { Location, Tokens } from "../token.ts";
import { Raw, type Token } from "./raw.ts";
import type { State } from "./state.ts";

const plainSpelling: Readonly<Record<string, string>> = {
	"<:": "[",
	":>": "]",
	"<%": "{",
	"%>": "}",
	"%:": "#",
	"%:%:": "##",
};

/** The first `count` elements of each are tokens. */
export interface SavedOutput {
	readonly kind: Uint8Array;
	readonly text: Int32Array;
	readonly at: Int32Array;
	readonly count: number;
}

export class Output {
	readonly #state: State;
	#kind = new Uint8Array(4096);
	#text = new Int32Array(4096);
	#at = new Int32Array(4096);
	#count = 0;

	constructor(state: State) {
		this.#state = state;
	}

	add(kind: number, text: number, at: Location): void {
		const n = this.#count;
		if (n === this.#kind.length) this.#grow();
		this.#kind[n] = kind;
		this.#text[n] = text;
		this.#at[n] = at;
		this.#count = n + 1;
	}

	/** Adds a token of whatever kind, mended where it is none of C's. */
	odd(token: Token): void {
		const { names, reports } = this.#state;
		const { kind, at } = token;
		if (kind <= Raw.punctuator) this.add(kind, token.text, at);
		else if (kind === Raw.digraph)
			this.add(Raw.punctuator, names.id(plainSpelling[names.text(token.text)] ?? ""), at);
		else if (kind === Raw.stray) this.#stray(names.text(token.text), at);
		else if (kind === Raw.openString || kind === Raw.openCharacter) {
			const text = names.text(token.text);
			const quote = kind === Raw.openString ? "'\"'" : "'";
			reports.error(
				"cc/unterminated-literal",
				`missing terminating ${quote} character`,
				at,
				text.length,
			);
			if (kind === Raw.openString)
				this.add(Raw.string, names.id(`${text.replace(/\\+$/, "")}"`), at);
			else this.add(Raw.number, this.#state.known.zero, at);
		}
	}

	#stray(text: string, at: Location): void {
		const code = text.codePointAt(0) ?? 0;
		const hex = code.toString(16).toUpperCase().padStart(4, "0");
		const shown = code > 32 && code < 127 ? `'${text}'` : `<U+${hex}>`;
		this.#state.reports.error("cc/stray", `unexpected character ${shown}`, at, text.length);
	}

	/** The tokens so far, to go on from later: what is in the arrays does not change. */
	save(): SavedOutput {
		return { kind: this.#kind, text: this.#text, at: this.#at, count: this.#count };
	}

	/** Begins with tokens of an earlier run; `more` are expected to come. */
	restore({ kind, text, at, count }: SavedOutput, more: number): void {
		const size = Math.max(4096, count + 2 * more);
		this.#kind = new Uint8Array(size);
		this.#kind.set(kind.subarray(0, count));
		this.#text = new Int32Array(size);
		this.#text.set(text.subarray(0, count));
		this.#at = new Int32Array(size);
		this.#at.set(at.subarray(0, count));
		this.#count = count;
	}

	/** All tokens, with the one of kind `end` behind them; none but that when the run was stopped. */
	finish(at: Location): Tokens {
		const { stopped, known } = this.#state;
		// What was saved is left alone: a later run may go on from there.
		if (stopped)
			return {
				length: 1,
				kind: Uint8Array.of(Raw.end),
				text: Int32Array.of(known.empty),
				at: Int32Array.of(at),
			};
		this.add(Raw.end, known.empty, at);
		const length = this.#count;
		return { length, kind: this.#kind, text: this.#text, at: this.#at };
	}

	#grow(): void {
		const size = this.#kind.length * 2;
		const kind = new Uint8Array(size);
		kind.set(this.#kind);
		const text = new Int32Array(size);
		text.set(this.#text);
		const at = new Int32Array(size);
		at.set(this.#at);
		this.#kind = kind;
		this.#text = text;
		this.#at = at;
	}
}
