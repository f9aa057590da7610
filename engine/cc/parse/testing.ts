// Text straight to a checked tree, for tests.

import { preprocess } from "../lex/index.ts";
import { Locations } from "../location.ts";
import { Names } from "../token.ts";
import { type Parsed, parse } from "./index.ts";

/** Preprocesses without headers and parses; preprocessor messages come first. */
export function parseText(text: string): Parsed & { readonly locations: Locations } {
	const locations = new Locations();
	const names = new Names();
	const made = preprocess(
		{ name: "t.c", text },
		{ locations, names, include: () => undefined, target: { cpu: 3 } },
	);
	const parsed = parse(made.tokens, { locations, names, cpu: "v3" });
	return { ...parsed, diagnostics: [...made.diagnostics, ...parsed.diagnostics], locations };
}
