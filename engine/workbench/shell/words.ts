// A line of the terminal → words, with the shell's quotes and backslashes. Pipes, redirections and the like are named as not
// supported; nothing is expanded.

import { ShellError } from "./host.ts";

const OPERATORS = /[|<>;&`$()]/;

/** Words of a line. A `ShellError` names what cannot be read. */
export function splitWords(line: string): string[] {
	const words: string[] = [];
	let word: string | undefined;
	for (let at = 0; at < line.length; at++) {
		const c = line[at] ?? "";
		if (/\s/.test(c)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else if (c === "'" || c === '"') {
			const end = line.indexOf(c, at + 1);
			if (end < 0) throw new ShellError(`a ${c} without its end`);
			word = (word ?? "") + line.slice(at + 1, end);
			at = end;
		} else if (c === "\\") {
			word = (word ?? "") + (line[++at] ?? "");
		} else if (c === "#" && word === undefined) {
			break;
		} else if (OPERATORS.test(c)) {
			throw new ShellError(`${c} is not supported by Skep: the terminal takes one command a line`);
		} else {
			word = (word ?? "") + c;
		}
	}
	if (word !== undefined) words.push(word);
	return words;
}

/** The candidate that is most like `word`; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
	let best: string | undefined;
	let least = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const far = distance(word.toLowerCase(), candidate);
		if (far < least) [best, least] = [candidate, far];
	}
	return best;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words. */
function distance(a: string, b: string): number {
	let [older, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
			next.push(cost);
		}
		[older, row] = [row, next];
	}
	return row[b.length] ?? 0;
}
