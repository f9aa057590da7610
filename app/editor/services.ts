// What the editor asks about assembly text: the assembler's own answers, in one place.

export type {
	Completion,
	CompletionKind,
	LineState,
	TokenClass,
} from "../../engine/asm/index.ts";
export { completions, definition, format, hover, tokenize } from "../../engine/asm/index.ts";
