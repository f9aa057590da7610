// What a semicolon means. LLVM separates statements with it, verifier logs and objdump begin comments with it, and people
// write both. So: it separates when a statement visibly follows, and begins a comment otherwise; at the start of a line
// and on a line of a log it always begins one.

import { isMnemonic } from "./mnemonic.ts";
import type { Token } from "./token.ts";

const assignment = new Set(["=", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "<<=", ">>="]);

/** True when the semicolon at `line[at]` separates two statements. */
export function separates(line: readonly Token[], at: number): boolean {
	if (at === 0 || line[0]?.kind === "log") return false;
	const first = line[at + 1];
	const second = line[at + 2];
	if (!first || first.text === ";") return true;
	if (first.text === "*") return second?.text === "(";
	if (first.kind === "number") return second?.text === ":";
	if (first.kind !== "name") return false;
	return startsStatement(line, at + 1, first.text, second);
}

function startsStatement(
	line: readonly Token[],
	at: number,
	word: string,
	second: Token | undefined,
): boolean {
	const next = second?.text ?? ";";
	let length = 1;
	while (at + length < line.length && line[at + length]?.text !== ";") length++;
	if (/^[rw]\d+$/.test(word)) {
		if (next === "s" || next === "s/") return assignment.has(line[at + 2]?.text ?? "");
		return assignment.has(next);
	}
	if (next === ":" && length === 2) return true;
	if (word === "exit") return length === 1;
	if (word === "if") return /^[rw]\d+$/.test(next);
	if (word === "goto" || word === "gotol" || word === "may_goto" || word === "call")
		return length >= 2 && length <= 4;
	if (word === "lock") return next === "*" || isMnemonic(`lock ${next}`) || next === "fetch";
	if (word === "store_release" || word.startsWith("BPF_")) return next === "(";
	if (word.startsWith(".")) return /^\.[a-z]/.test(word);
	return (
		isMnemonic(word) && (/^[rw]\d+$/.test(next) || next === "%" || next === "[" || next === "+")
	);
}
