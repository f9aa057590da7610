// What one compilation leaves for the next: spellings, lexed headers, what the headers declared, and the code of functions. With it a change
// of the program reads the program alone again, however large its headers are, and makes code of what the change reached.

import type { KeptCode } from "../codegen/index.ts";
import { type KeptBody, Memo } from "../ssa/index.ts";
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
	/** Functions that the optimiser has seen, and the code that was made of them. */
	readonly optimised = new Memo<KeptBody>();
	readonly generated = new Memo<KeptCode>();

	/** `other` lends its spellings and lexed headers, not its declarations. */
	constructor(other?: CompilerMemory) {
		this.names = other?.names ?? new Names();
		this.lexer = other?.lexer ?? new Lexer(this.names);
	}

	/** A compilation begins to make code. */
	begin(): void {
		this.optimised.begin();
		this.generated.begin();
	}
}
