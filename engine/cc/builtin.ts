// The compiler's own headers by name. Knows nothing of files on disk.

import { headers } from "./headers/index.ts";

/** Names of the built-in headers, sorted, as between `<` and `>`. */
export function builtinHeaderNames(): string[] {
	return [...headers().keys()].sort();
}

/** A function that gives the text of a built-in header by its name in `<…>`; they are made at the first question. */
export function builtinHeaders(): (name: string) => string | undefined {
	let all: ReadonlyMap<string, string> | undefined;
	return (name) => {
		all ??= headers();
		return all.get(name);
	};
}
