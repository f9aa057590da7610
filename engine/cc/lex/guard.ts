// Finds the include guard of a header: one `#ifndef NAME` or `#if !defined(NAME)` around all of it. Knows nothing of macros' values.

import type { Names } from "../token.ts";
import { type Lexed, lineStart } from "./raw.ts";

/** Id of the guarding macro, or -1. */
export function findGuard(lexed: Omit<Lexed, "guard">, names: Names): number {
	const word = (index: number) =>
		index < lexed.length && !((lexed.flags[index] ?? 0) & lineStart)
			? names.text(lexed.text[index] ?? 0)
			: "";
	const first = lexed.directives[0];
	if (first !== 0) return -1;
	const [guard, end] = guardAt(word, lexed);
	if (guard < 0 || (end < lexed.length && !((lexed.flags[end] ?? 0) & lineStart))) return -1;
	let depth = 0;
	for (let i = 0; i < lexed.directives.length; i++) {
		const at = lexed.directives[i] ?? 0;
		const name = word(at + 1);
		if (name === "if" || name === "ifdef" || name === "ifndef") depth++;
		else if (name === "endif") {
			if (--depth > 0) continue;
			return i === lexed.directives.length - 1 && at + 2 >= lexed.length ? guard : -1;
		} else if (depth === 1 && name.startsWith("el")) return -1;
	}
	return -1;
}

/** The macro that the first directive tests for being undefined, and the index after it. */
function guardAt(word: (index: number) => string, lexed: Omit<Lexed, "guard">): [number, number] {
	if (word(1) === "ifndef") return [lexed.text[2] ?? -1, 3];
	if (word(1) !== "if" || word(2) !== "!" || word(3) !== "defined") return [-1, 0];
	if (word(4) !== "(") return [lexed.text[4] ?? -1, 5];
	return word(6) === ")" ? [lexed.text[5] ?? -1, 7] : [-1, 0];
}
