export { assemble } from "./assemble.ts";
export type { Completion, CompletionKind, Completions, Hover } from "./editor.ts";
export { completions, definition, hover } from "./editor.ts";
export { format } from "./format.ts";
export type { ListingOptions } from "./listing.ts";
export { listing } from "./listing.ts";
export type { ClassifiedToken, LineState, TokenClass } from "./tokenize.ts";
export { tokenize } from "./tokenize.ts";
