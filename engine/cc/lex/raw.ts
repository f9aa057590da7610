// Preprocessing tokens of one text, before any directive acts: the shape, and what every stage of the preprocessor knows of it.
// Knows nothing of macros.

import { Kind, type Location } from "../token.ts";

/** Kinds of preprocessing tokens: those of `Kind`, then what the compiler proper never sees. */
export const Raw = {
	...Kind,
	/** `<:`, `:>`, `<%`, `%>`, `%:`, `%:%:`; they become the plain spelling at the end. */
	digraph: 7,
	/** A character that starts no token. */
	stray: 8,
	/** A literal whose closing quote is missing on its line. */
	openString: 9,
	openCharacter: 10,
	/** Stands for an empty operand of `##`. */
	placemarker: 11,
	/** The operator `##` of a replacement list, while it is being pasted. */
	paste: 12,
} as const;

/** The token is the first on its line. */
export const lineStart = 1;
/** White space comes before the token. */
export const spaceBefore = 2;
/** An identifier that may not be expanded any more (C11 6.10.3.4). */
export const painted = 4;

/** One token as macros handle it. Never changed once made. */
export interface Token {
	readonly kind: number;
	/** Id of the spelling. */
	readonly text: number;
	readonly at: Location;
	/** `lineStart`, `spaceBefore`, `painted`. */
	readonly flags: number;
}

/** The preprocessing tokens of a text, as a structure of arrays. */
export interface Lexed {
	readonly length: number;
	readonly kind: Uint8Array;
	readonly text: Int32Array;
	/** Of the first character, in the text. */
	readonly offset: Int32Array;
	readonly flags: Uint8Array;
	/** Indices of each `#` that starts a line, ascending. */
	readonly directives: Int32Array;
	/** Id of the macro that guards the whole text against a second inclusion, or -1. */
	readonly guard: number;
	/** Offset of a comment that never ends, or -1. */
	readonly openComment: number;
}
