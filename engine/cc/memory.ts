// What one compilation leaves for the next: spellings, lexed headers, and what the headers declared. With it a change of the program reads the
// program alone again, however large its headers are.

import { Checkpoints, Lexer } from "./lex/index.ts";
import type { Resume } from "./parse/index.ts";
import { Names } from "./token.ts";

/** Of use to one chain of compilations: the unit of an earlier one must not be used once the next began. */
export class CompilerMemory {
	readonly names: Names;
	readonly lexer: Lexer;
	/** Where the preprocessor can go on. */
	readonly checkpoints = new Checkpoints();
	resume: Resume | undefined;

	/** `other` lends its spellings and lexed headers, not its declarations. */
	constructor(other?: CompilerMemory) {
		this.names = other?.names ?? new Names();
		this.lexer = other?.lexer ?? new Lexer(this.names);
	}
}
