// Words of the text form: takes one line, gives tokens with their columns.

/** `punct` holds one of `= , ( ) [ ] { } : + ..`; `word` everything else that is not a string. */
export interface Token {
	readonly kind: "word" | "string" | "punct" | "end";
	readonly text: string;
	/** From 0, in the line. */
	readonly column: number;
}

const pattern =
	/\s*(?:("(?:[^"\\]|\\.)*")|(\.\.|[=,()[\]{}:+])|([^\s",()[\]{}:=+;]+?(?=\.\.|[\s",()[\]{}:=+;]|$)))/y;

/** Tokens of a line, an `end` last; undefined where a character belongs to none. Comments start with `;`. */
export function tokens(line: string): Token[] | undefined {
	const out: Token[] = [];
	pattern.lastIndex = 0;
	let at = 0;
	while (!/^\s*(;|$)/.test(line.slice(at))) {
		pattern.lastIndex = at;
		const m = pattern.exec(line);
		if (!m) return undefined;
		const text = m[1] ?? m[2] ?? m[3] ?? "";
		const column = pattern.lastIndex - text.length;
		const kind = m[1] !== undefined ? "string" : m[2] !== undefined ? "punct" : "word";
		out.push({ kind, text: kind === "string" ? unquote(text) : text, column });
		at = pattern.lastIndex;
	}
	out.push({ kind: "end", text: "", column: line.length });
	return out;
}

function unquote(text: string): string {
	try {
		return String(JSON.parse(text));
	} catch {
		return text.slice(1, -1);
	}
}
