// Completion of a terminal line: puts what the engine says could follow in place of the word before the caret. Pure.

import type { Line } from "./line.ts";

/** The engine's answer for the text before the caret: `words` may replace it from `from` on. */
export interface Candidates {
	readonly from: number;
	readonly words: readonly string[];
}

export interface Completion {
	readonly line: Line;
	/** What else could stand here, to be listed; empty when the word is settled. */
	readonly choices: readonly string[];
}

/** Completes the word before the caret as far as it is certain. */
export function complete(line: Line, { from, words }: Candidates): Completion {
	const [only] = words;
	if (only === undefined) return { line, choices: [] };
	const begun = line.text.slice(from, line.caret);
	const whole = words.length === 1 ? `${only} ` : commonStart(words);
	const text = line.text.slice(0, from) + whole;
	const made = { ...line, text: text + line.text.slice(line.caret), caret: text.length };
	return { line: made, choices: words.length > 1 && whole === begun ? words : [] };
}

function commonStart(words: readonly string[]): string {
	let start = words[0] ?? "";
	for (const word of words) while (!word.startsWith(start)) start = start.slice(0, -1);
	return start;
}
