// Tokens of assembly text. Plain data shared by lexer, parsers, formatter and editor support.

import type { Diagnostic, Span } from "../base/index.ts";

/**
 * `name`: identifier, directive or register; `number`; `local`: reference to a numeric label (`1b`); `string`; `mark`:
 * operator or punctuation; `log`: prefix of a verifier log or listing line, which says that the line holds one
 * instruction; `junk`: what no statement may hold; `end`: end of a statement.
 */
export type TokenKind =
	| "name"
	| "number"
	| "local"
	| "string"
	| "mark"
	| "log"
	| "junk"
	| "end"
	| "comment";

export interface Token {
	readonly kind: TokenKind;
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly line: number;
	/** 1-based. */
	readonly column: number;
	/** Of a number; of a log prefix the slot number, if it has one. */
	readonly value?: bigint;
}

export interface Lexed {
	/** Statements, each closed by an `end` token; empty statements are left out. */
	readonly tokens: readonly Token[];
	readonly comments: readonly Token[];
	readonly diagnostics: readonly Diagnostic[];
}

/** From the start of `from` to the end of `to`. */
export function spanOf(file: string, from: Token, to: Token = from): Span {
	const end = Math.max(from.end, to.end);
	return { file, start: from.start, end, line: from.line, column: from.column };
}
