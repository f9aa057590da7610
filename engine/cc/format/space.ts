// Roles of tokens, and the blank between two on one line. Knows of a token only what stands before it, and the one after.

import type { Facts } from "./facts.ts";
import type { Frame, Role } from "./frame.ts";
import { holdsStatements } from "./frame.ts";
import { type Piece, separable } from "./scan.ts";
import {
	beforeExpression,
	controls,
	isAttribute,
	isTypeof,
	isTypeWord,
	operators,
} from "./words.ts";

export interface Neighbours {
	readonly facts: Facts;
	readonly pieces: readonly Piece[];
	/** The token, and the one before it. */
	readonly at: number;
	readonly before: number;
	readonly role: Role;
	readonly frame: Frame;
}

const textAt = (n: Neighbours, at: number) => n.pieces[at]?.text ?? "";

/** What the token is, where it is neither bracket nor a colon. */
export function roleOf(n: Neighbours): Role {
	const { kind, text } = n.pieces[n.at] ?? { kind: "other", text: "" };
	if (kind === "word") return wordRole(n, text);
	if (kind !== "punctuator") return "operand";
	if (text === ",") return "comma";
	if (text === "->") return "member";
	if (text === ".") return n.role === "operand" ? "member" : "unary";
	const operand = n.role === "operand" || n.role === "type" || n.role === "attribute";
	if (text === "++" || text === "--") return n.role === "operand" ? "operand" : "unary";
	if (text === "!" || text === "~") return "unary";
	if (text === "*") return operand ? starRole(n) : n.role === "pointer" ? "pointer" : "unary";
	if (text === "&" || text === "+" || text === "-" || text === "&&")
		return n.role === "operand" || n.role === "type" ? "binary" : "unary";
	return operators.has(text) || text === "..." ? "binary" : "operand";
}

function wordRole(n: Neighbours, text: string): Role {
	if (n.role === "member") return "operand";
	if (isAttribute(text)) return "attribute";
	if (controls.has(text) || beforeExpression.has(text) || isTypeof(text)) return "keyword";
	if (isTypeWord(text, n.facts.types)) return "type";
	const before = textAt(n, n.before);
	return before === "struct" || before === "union" || before === "enum" ? "type" : "operand";
}

/** A star behind something that may be a type or a value. */
function starRole(n: Neighbours): Role {
	if (n.role !== "operand") return "pointer";
	const before = n.pieces[n.before];
	const { frame } = n;
	if (before?.text === "}") return holdsStatements(frame) ? "pointer" : "binary";
	if (before?.kind !== "word") return "binary";
	if (frame.kind === "bracket") return "binary";
	let after = n.facts.next[n.at] ?? n.pieces.length;
	while (textAt(n, after) === "*") after = n.facts.next[after] ?? n.pieces.length;
	const behind = textAt(n, after);
	if (behind === ")" || behind === ",") return "pointer";
	const { statement } = frame;
	if (frame.params) return statement.words ? "pointer" : "binary";
	const declares = holdsStatements(frame) || (frame.isFor && statement.tokens > 0);
	return declares && statement.words && n.pieces[after]?.kind === "word" ? "pointer" : "binary";
}

/** The blank before a token that stands on the line of the one before it. */
export function spaceBefore(n: Neighbours, own: Role): string {
	const piece = n.pieces[n.at];
	const last = n.pieces[n.at - 1];
	if (!piece || !last) return "";
	const source = piece.gap.includes("\n") ? " " : piece.gap;
	if (n.before !== n.at - 1) return /^[)\],;]$/.test(piece.text) ? "" : source || " ";
	const wanted = spacing(n, own, source === "" ? "" : " ");
	if (wanted !== "") return n.frame.columns && source !== "" ? source : wanted;
	return piece.gap !== "" && !separable(last.text, piece.text) ? " " : "";
}

function spacing(n: Neighbours, own: Role, source: string): string {
	const { kind = "other", text = "" } = n.pieces[n.at] ?? {};
	const before = textAt(n, n.before);
	const { role } = n;
	if (/^[;,)\]]$/.test(text) || before === "(" || before === "[") return "";
	if (text === "}") return before === "{" ? "" : " ";
	if (text === "{") return role === "cast" ? "" : " ";
	if (before === "{") return " ";
	if (kind === "other" || n.pieces[n.before]?.kind === "other") return source;
	if (own === "width" || role === "width") return source;
	if (own === "label") return "";
	if (text === "(") return beforeParenthesis(n, source);
	if (text === "[" && role === "operand") return "";
	if (text === "[" && role === "type") return source;
	if (own === "member" || role === "member") return "";
	if (text === ":" && before === "?") return "";
	if ((text === ":" || text === "::") && (before === ":" || before === "::")) return source;
	if ((text === "++" || text === "--") && own === "operand") return "";
	if (role === "unary" || role === "cast") return own === "binary" ? " " : "";
	if (role === "pointer") return own === "binary" ? " " : "";
	return " ";
}

function beforeParenthesis(n: Neighbours, source: string): string {
	const before = textAt(n, n.before);
	switch (n.role) {
		case "operand":
			if (n.pieces[n.before]?.kind === "string") return source;
			if (n.pieces[n.before]?.kind === "word") return isDeclarator(n) ? " " : "";
			return before === "}" ? " " : "";
		case "type": {
			const next = n.facts.next[n.at] ?? n.pieces.length;
			const after = textAt(n, next);
			if (n.pieces[next]?.kind === "string") return "";
			if (before === ")" || after === "*" || after === "(") return " ";
			return n.facts.types.has(before) || before.endsWith("_t") ? "" : " ";
		}
		case "keyword":
			return /^_*(?:sizeof|alignof|Alignof|typeof|goto)/.test(before) ? "" : " ";
		case "attribute":
			return before === ")" ? source : "";
		case "unary":
		case "cast":
		case "pointer":
		case "member":
			return "";
		default:
			return " ";
	}
}

/** Whether `name (` begins the declarator of a pointer to a function: `name (*f)(`. */
function isDeclarator(n: Neighbours): boolean {
	const { next, partner } = n.facts;
	const close = partner[n.at] ?? -1;
	const star = next[n.at] ?? -1;
	if (close < 0 || textAt(n, star) !== "*") return false;
	const name = next[star] ?? -1;
	if (n.pieces[name]?.kind !== "word" || !n.frame.statement.words) return false;
	return textAt(n, next[close] ?? -1) === "(";
}
