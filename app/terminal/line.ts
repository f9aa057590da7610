// The terminal's line editor: text, caret and history as plain state; keys in, what to draw out. Pure.

export interface Line {
	readonly text: string;
	readonly caret: number;
	readonly history: readonly string[];
	/** Which history line is shown; `history.length` is the line being typed. */
	readonly at: number;
	readonly draft: string;
}

export const emptyLine: Line = { text: "", caret: 0, history: [], at: 0, draft: "" };

export type Effect =
	| { readonly kind: "draw" }
	| { readonly kind: "submit"; readonly text: string }
	| { readonly kind: "cancel" }
	| { readonly kind: "clear" }
	| { readonly kind: "complete" };

const draw: Effect = { kind: "draw" };

function at(line: Line, text: string, caret = text.length): Line {
	return { ...line, text, caret };
}

function recall(line: Line, to: number): Line {
	if (to < 0 || to > line.history.length) return line;
	const draft = line.at === line.history.length ? line.text : line.draft;
	const text = to === line.history.length ? draft : (line.history[to] ?? "");
	return { ...at(line, text), at: to, draft };
}

/** One key or pasted text, as terminals send it. */
export function press(line: Line, data: string): readonly [Line, Effect] {
	const { text, caret } = line;
	switch (data) {
		case "\r":
			return [submitted(line), { kind: "submit", text }];
		case "\x03":
			return [{ ...at(line, ""), at: line.history.length }, { kind: "cancel" }];
		case "\x0c":
			return [line, { kind: "clear" }];
		case "\x7f":
			return [
				at(line, text.slice(0, Math.max(0, caret - 1)) + text.slice(caret), Math.max(0, caret - 1)),
				draw,
			];
		case "\x1b[3~":
			return [at(line, text.slice(0, caret) + text.slice(caret + 1), caret), draw];
		case "\x1b[D":
			return [at(line, text, Math.max(0, caret - 1)), draw];
		case "\x1b[C":
			return [at(line, text, Math.min(text.length, caret + 1)), draw];
		case "\x1b[H":
		case "\x01":
			return [at(line, text, 0), draw];
		case "\x1b[F":
		case "\x05":
			return [at(line, text), draw];
		case "\x15":
			return [at(line, text.slice(caret), 0), draw];
		case "\x0b":
			return [at(line, text.slice(0, caret)), draw];
		case "\x17": {
			const kept = text.slice(0, caret).replace(/\S*\s*$/, "");
			return [at(line, kept + text.slice(caret), kept.length), draw];
		}
		case "\t":
			return [line, { kind: "complete" }];
		case "\x1b[A":
			return [recall(line, line.at - 1), draw];
		case "\x1b[B":
			return [recall(line, line.at + 1), draw];
		default: {
			const typed = [...data].filter((c) => c >= " " && c !== "\x7f").join("");
			if (data.startsWith("\x1b") || typed === "") return [line, draw];
			return [
				at(line, text.slice(0, caret) + typed + text.slice(caret), caret + typed.length),
				draw,
			];
		}
	}
}

function submitted(line: Line): Line {
	const known = line.text.trim() === "" || line.history.at(-1) === line.text;
	const history = known ? line.history : [...line.history.slice(-199), line.text];
	return { text: "", caret: 0, history, at: history.length, draft: "" };
}
