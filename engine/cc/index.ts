export { builtinHeaderNames, builtinHeaders } from "./builtin.ts";
export {
	type Checked,
	type Compiled,
	type CompileOptions,
	type Cpu,
	checkSource,
	compile,
	compileSource,
	compileToSsa,
	type Middle,
	preprocessText,
} from "./compile.ts";
export {
	type Analysis,
	analyse,
	type Completion,
	type CompletionKind,
	type Completions,
	completionsAt,
	type Definition,
	definitionAt,
	type Hover,
	hoverAt,
	type OutlineItem,
	outline,
	renameAt,
	usesAt,
} from "./editor/index.ts";
export { type Flags, optionsOf, readFlags } from "./flags.ts";
export { type Formatted, formatSource } from "./format/index.ts";
export { groupText } from "./groups.ts";
export type { Files, SearchPath } from "./include.ts";
export type { SourceText } from "./lex/index.ts";
export { CompilerMemory } from "./memory.ts";
