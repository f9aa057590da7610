// Preprocessed tokens → text (-E): line markers as clang writes them, one space between tokens.

import type { Locations } from "./location.ts";
import { Kind, type Names, type Tokens } from "./token.ts";

export function tokensToText(tokens: Tokens, locations: Locations, names: Names): string {
	const out: string[] = [];
	let line: string[] = [];
	let file = "";
	let number = 0;
	const flush = () => {
		if (line.length > 0) out.push(line.join(" "));
		line = [];
	};
	for (let i = 0; i < tokens.length; i++) {
		if (tokens.kind[i] === Kind.end) break;
		const at = locations.position(tokens.at[i] ?? 0);
		if (at.file.name !== file || at.line < number || at.line > number + 8) {
			flush();
			out.push(`# ${at.line} ${JSON.stringify(at.file.name)}`);
		} else if (at.line !== number) {
			flush();
			for (let n = number + 1; n < at.line; n++) out.push("");
		}
		file = at.file.name;
		number = at.line;
		const text = names.text(tokens.text[i] ?? 0);
		line.push(tokens.kind[i] === Kind.pragma ? `\n#pragma ${text}\n` : text);
	}
	flush();
	return `${out.join("\n")}\n`;
}
