export { abilities } from "./abilities.ts";
export type { Abilities } from "./builtins.ts";
export { Checkpoints } from "./checkpoint.ts";
export { Lexer } from "./lexer.ts";
export { predefined } from "./predefined.ts";
export {
	type Header,
	type MacroDefinition,
	type Preprocessed,
	type PreprocessOptions,
	preprocess,
	type SourceText,
} from "./preprocess.ts";
export { expansionNotes } from "./reports.ts";
