// What a macro is (C11 6.10.3), and when two definitions are the same.

import type { Location } from "../token.ts";
import type { Token } from "./raw.ts";

/** Macros that the preprocessor itself answers. */
export type Builtin =
	| "line"
	| "file"
	| "base"
	| "name"
	| "counter"
	| "level"
	| "date"
	| "time"
	| "stamp"
	| Question;
/** Those that take an operand in parentheses. */
export type Question =
	| "builtin"
	| "attribute"
	| "cattribute"
	| "feature"
	| "warning"
	| "identifier"
	| "include"
	| "next"
	| "embed"
	| "target"
	| "no";

export interface Macro {
	readonly name: string;
	/** Where the name stands in the definition. */
	readonly at: Location;
	/** Undefined for an object-like macro. The variable argument is the last one. */
	readonly parameters: readonly string[] | undefined;
	readonly variadic: boolean;
	readonly body: readonly Token[];
	/** For each token of the body, the parameter that it names, or -1. */
	readonly operands: Int32Array;
	/** The body has `#`, `##` or `__VA_OPT__`. */
	readonly operators: boolean;
	readonly builtin: Builtin | undefined;
	/** Being expanded, so that its name is not expanded again. */
	disabled: boolean;
}

/** Whether two definitions say the same (6.10.3p1). */
export function sameMacro(a: Macro, b: Macro): boolean {
	const space = (t: Token, i: number) => i > 0 && t.flags !== 0;
	return (
		a.builtin === b.builtin &&
		a.variadic === b.variadic &&
		a.parameters?.join() === b.parameters?.join() &&
		a.body.length === b.body.length &&
		a.body.every((t, i) => {
			const u = b.body[i];
			return u !== undefined && t.text === u.text && space(t, i) === space(u, i);
		})
	);
}
