// Makes the tokens of a function-like macro's use from its replacement list and arguments: `#`, `##`, `__VA_OPT__` and the GNU comma
// (C11 6.10.3.1 to 6.10.3.3). Does not look for further macros in the result.

import type { Location } from "../token.ts";
import { closing, isHash, isPaste } from "./define.ts";
import type { Macro } from "./macro.ts";
import { lineStart, Raw, spaceBefore, type Token } from "./raw.ts";
import type { State } from "./state.ts";

/** One argument of a use of a macro, as written and, when asked for, with its own macros expanded. */
export interface Argument {
	readonly written: readonly Token[];
	/** The variable argument was left out, comma and all. */
	readonly omitted: boolean;
	expanded(): readonly Token[];
}

/** A use of a macro: which, with what, and where its name stands. */
export interface Use {
	readonly macro: Macro;
	readonly arguments: readonly Argument[];
	readonly at: Location;
}

/** The replacement of a use, ready to be scanned again. */
export function substitute(state: State, use: Use): readonly Token[] {
	const { macro } = use;
	if (!macro.operators && macro.parameters === undefined)
		return macro.body.map((t) => moved(state, t, use.at, t.flags));
	return range(state, use, 0, macro.body.length).filter((t) => t.kind !== Raw.placemarker);
}

function moved(state: State, token: Token, use: Location, flags: number): Token {
	return { kind: token.kind, text: token.text, at: state.locations.expanded(token.at, use), flags };
}

function placemarker(at: Location, flags: number): Token {
	return { kind: Raw.placemarker, text: 0, at, flags };
}

/** Substitutes part of the replacement list and pastes; placemarkers stay. */
function range(state: State, use: Use, from: number, to: number): Token[] {
	const { body, operands } = use.macro;
	const out: Token[] = [];
	let pastes = false;
	for (let i = from; i < to; i++) {
		const token = body[i];
		if (token === undefined) break;
		const operand = operands[i] ?? -1;
		if (i > from && isPaste(state, token)) {
			if (commaAt(state, use, out, i)) {
				i++;
				continue;
			}
			out.push({ ...token, kind: Raw.paste });
			pastes = true;
		} else if (use.macro.parameters !== undefined && isHash(state, token)) {
			const end = optionEnd(state, use, i + 1);
			out.push(stringified(state, use, i + 1, end, token));
			i = end;
		} else if (use.macro.variadic && token.text === state.known.vaOpt) {
			const end = optionEnd(state, use, i);
			append(out, optional(state, use, i, end), token);
			i = end;
		} else if (operand >= 0) {
			const next = body[i + 1];
			const pasted =
				out[out.length - 1]?.kind === Raw.paste ||
				(i + 1 < to &&
					next !== undefined &&
					isPaste(state, next) &&
					!isCommaPaste(state, use, i + 1));
			const argument = use.arguments[operand];
			const tokens = (pasted ? argument?.written : argument?.expanded()) ?? [];
			append(out, tokens.length > 0 ? tokens : [placemarker(use.at, token.flags)], token);
		} else out.push(moved(state, token, use.at, token.flags));
	}
	return pastes ? pasteAll(state, use, out) : out;
}

/** Appends tokens; the first takes the white space of the token that they replace. */
function append(out: Token[], tokens: readonly Token[], replaced: Token): void {
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i];
		if (token === undefined) continue;
		if (i > 0 || token.flags === replaced.flags) out.push(token);
		else {
			const kept = token.flags & ~(spaceBefore | lineStart);
			out.push({ ...token, flags: kept | (replaced.flags & spaceBefore) });
		}
	}
}

/** Whether the `##` at `i` is followed by the variable argument and follows a comma. */
function isCommaPaste(state: State, use: Use, i: number): boolean {
	const { macro } = use;
	const last = (macro.parameters?.length ?? 0) - 1;
	return (
		macro.variadic &&
		macro.operands[i + 1] === last &&
		macro.body[i - 1]?.text === state.known.comma
	);
}

/** The GNU `, ## __VA_ARGS__`: the comma goes when there is nothing behind it, and is never pasted. True when it was handled. */
function commaAt(state: State, use: Use, out: Token[], i: number): boolean {
	if (!isCommaPaste(state, use, i) || out[out.length - 1]?.text !== state.known.comma) return false;
	const replaced = use.macro.body[i + 1];
	const argument = use.arguments[use.arguments.length - 1];
	if (replaced === undefined || argument === undefined) return false;
	if (argument.written.length === 0 && !argument.omitted) return false;
	if (argument.omitted) {
		out.pop();
		out.push(placemarker(use.at, replaced.flags));
	} else append(out, argument.written, replaced);
	return true;
}

/** The last index of the operand at `i`: of a `__VA_OPT__` its closing parenthesis. */
function optionEnd(state: State, use: Use, i: number): number {
	const { body, variadic } = use.macro;
	return variadic && body[i]?.text === state.known.vaOpt ? closing(state, body, i + 1) : i;
}

/** What `__VA_OPT__( … )` from `i` to its closing parenthesis becomes. */
function optional(state: State, use: Use, i: number, end: number): Token[] {
	const last = use.arguments[use.arguments.length - 1];
	const present = last !== undefined && last.expanded().length > 0;
	const tokens = present ? range(state, use, i + 2, end) : [];
	return tokens.length > 0 ? tokens : [placemarker(use.at, 0)];
}

function stringified(state: State, use: Use, i: number, end: number, hash: Token): Token {
	const operand = use.macro.operands[i] ?? -1;
	const tokens =
		operand >= 0 ? (use.arguments[operand]?.written ?? []) : optional(state, use, i, end);
	return {
		kind: Raw.string,
		text: state.names.id(stringify(state, tokens)),
		at: state.locations.expanded(hash.at, use.at),
		flags: hash.flags,
	};
}

/** The string literal that `#` makes of tokens (6.10.3.2). */
function stringify(state: State, tokens: readonly Token[]): string {
	let out = "";
	for (const token of tokens) {
		if (token.kind === Raw.placemarker) continue;
		if (out !== "" && token.flags & (spaceBefore | lineStart)) out += " ";
		const text = state.text(token);
		const literal = token.kind === Raw.string || token.kind === Raw.character;
		out += literal ? text.replace(/["\\]/g, "\\$&") : text;
	}
	const last = tokens[tokens.length - 1];
	if (last !== undefined && /(?:^|[^\\])(?:\\\\)*\\$/.test(out)) {
		out = out.slice(0, -1);
		const message = "invalid string literal, ignoring final '\\'";
		state.reports.warning("cc/stringify", message, last.at);
	}
	state.spend(out.length >> 4, last?.at ?? 0);
	return `"${out}"`;
}

function pasteAll(state: State, use: Use, tokens: readonly Token[]): Token[] {
	const out: Token[] = [];
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i];
		if (token === undefined) continue;
		const left = out[out.length - 1];
		const right = tokens[i + 1];
		if (token.kind !== Raw.paste || left === undefined || right === undefined) out.push(token);
		else {
			i++;
			out.pop();
			out.push(...pasted(state, use, left, right, token));
		}
	}
	return out;
}

function pasted(state: State, use: Use, left: Token, right: Token, operator: Token): Token[] {
	if (right.kind === Raw.placemarker) return [left];
	if (left.kind === Raw.placemarker) return [{ ...right, flags: left.flags & spaceBefore }];
	const text = state.text(left) + state.text(right);
	const kind = state.lexer.single(text);
	if (kind < 0) {
		const message = `pasting formed '${text}', an invalid preprocessing token`;
		state.reports.error("cc/paste", message, state.locations.expanded(operator.at, use.at), 2);
		return [left, right];
	}
	state.spend(text.length >> 4, use.at);
	const at = left.at < 0 ? left.at : state.locations.expanded(left.at, use.at);
	return [{ kind, text: state.names.id(text), at, flags: left.flags & spaceBefore }];
}
