// Preprocessed tokens, held as a structure of arrays: a kernel's `vmlinux.h` has a million of them. Knows nothing of grammar.

/** What a token is. Keywords are identifiers here; the parser knows them by name. */
export const Kind = {
	identifier: 0,
	/** A preprocessing number, not yet given a type. */
	number: 1,
	/** A character constant as spelled, prefix included. */
	character: 2,
	/** A string literal as spelled, prefix included; adjacent ones are not joined yet. */
	string: 3,
	punctuator: 4,
	/** A pragma that the compiler acts on; its text is the line after `#pragma`, or the operand of `_Pragma`. */
	pragma: 5,
	end: 6,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** A place in the text: see `Locations`. */
export type Location = number;

/** A run of tokens; the last is of kind `end`. Elements from `length` on mean nothing. */
export interface Tokens {
	readonly length: number;
	readonly kind: Uint8Array;
	/** The spelling: id in `Names`. */
	readonly text: Int32Array;
	readonly at: Int32Array;
}

/** Interns spellings. Ids count from 0 and never change while a compiler lives. */
export class Names {
	readonly #ids = new Map<string, number>();
	readonly #texts: string[] = [];

	id(text: string): number {
		const known = this.#ids.get(text);
		if (known !== undefined) return known;
		this.#texts.push(text);
		this.#ids.set(text, this.#texts.length - 1);
		return this.#texts.length - 1;
	}

	text(id: number): string {
		return this.#texts[id] ?? "";
	}

	get size(): number {
		return this.#texts.length;
	}
}
