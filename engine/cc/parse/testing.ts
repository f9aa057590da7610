// Text straight to a checked tree, for tests.

import { Shown } from "../groups.ts";
import { Lexer, preprocess } from "../lex/index.ts";
import { Locations } from "../location.ts";
import { Names } from "../token.ts";
import { type Parsed, parse } from "./index.ts";

/** Reads many texts one after the other, each on its own; quicker than `parseText` for each. `groups`: words behind -W. */
export function textParser(groups: readonly string[] = []): (text: string) => Parsed {
	const names = new Names();
	const lexer = new Lexer(names);
	const shown = new Shown(groups);
	return (text) => {
		const locations = new Locations();
		const made = preprocess(
			{ name: "t.c", text },
			{ locations, names, lexer, include: () => undefined, target: { cpu: 3 } },
		);
		const parsed = parse(made.tokens, { locations, names, cpu: "v3", shown });
		return { ...parsed, diagnostics: [...made.diagnostics, ...parsed.diagnostics] };
	};
}

/** Preprocesses without headers and parses; preprocessor messages come first. */
export function parseText(text: string): Parsed {
	return textParser()(text);
}
