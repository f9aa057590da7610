// One line of source → classes of its parts, for syntax colours. The state carried from line to line is whether a block
// comment is open.

import { helperByName } from "../abi/index.ts";
import { constant } from "./constants.ts";
import { isRegister } from "./cursor.ts";
import { lex } from "./lex.ts";
import { isKeyword } from "./llvm.ts";
import { isMacro } from "./macro.ts";
import { isMnemonic } from "./mnemonic.ts";
import type { Token } from "./token.ts";

export type TokenClass =
	| "keyword"
	| "register"
	| "number"
	| "label"
	| "helper"
	| "directive"
	| "comment"
	| "string"
	| "operator"
	| "type";

export interface ClassifiedToken {
	/** 0-based columns. */
	readonly start: number;
	readonly end: number;
	readonly kind: TokenClass;
}

/** Whether the line begins inside a block comment. */
export type LineState = boolean;

export function tokenize(
	line: string,
	state: LineState,
): { readonly tokens: readonly ClassifiedToken[]; readonly state: LineState } {
	const tokens: ClassifiedToken[] = [];
	let from = 0;
	if (state) {
		const close = line.indexOf("*/");
		from = close < 0 ? line.length : close + 2;
		if (from > 0) tokens.push({ start: 0, end: from, kind: "comment" });
		if (close < 0) return { tokens, state: true };
	}
	const rest = line.slice(from);
	const lexed = lex(rest, "");
	const words = lexed.tokens.filter((t) => t.kind !== "end");
	words.forEach((token, i) => {
		tokens.push({
			start: token.start + from,
			end: token.end + from,
			kind: classOf(token, words[i - 1], words[i + 1]),
		});
	});
	for (const c of lexed.comments)
		tokens.push({ start: c.start + from, end: c.end + from, kind: "comment" });
	tokens.sort((a, b) => a.start - b.start);
	return { tokens, state: lexed.diagnostics.length > 0 };
}

const words = new Set(["ll", "skb", "pc", "s", "fetch", "local", "runtime", "helper", "s>>"]);
const operations =
	/^(le|be|bswap)(16|32|64)$|^addr_space_cast$|^atomic(64)?_(fetch_(add|and|or|xor)|xchg|cmpxchg)$|^(cmp)?xchg(_64|32_32|_32)$|^load_acquire$/;

function classOf(token: Token, before: Token | undefined, after: Token | undefined): TokenClass {
	if (token.kind === "string") return "string";
	if (token.kind === "log") return "comment";
	if (token.kind === "local") return "label";
	if (after?.text === ":" && after.kind === "mark") return "label";
	if (token.kind === "number") return "number";
	if (token.kind !== "name") return "operator";
	return classOfName(token, before);
}

function classOfName(token: Token, before: Token | undefined): TokenClass {
	const { text } = token;
	if (text.startsWith(".")) return before ? "label" : "directive";
	if (isRegister(token)) return "register";
	if (/^[us](8|16|32|64)$/.test(text)) return "type";
	if (before?.text === "call" && helperByName(text)) return "helper";
	if (before && /^(goto|gotol|may_goto|goto_or_nop|call)$/.test(before.text) && !words.has(text))
		return "label";
	if (isKeyword(text) || words.has(text) || operations.test(text)) return "keyword";
	if ((isMnemonic(text) && !before) || isMacro(text)) return "keyword";
	return constant(text) === undefined ? "label" : "number";
}
