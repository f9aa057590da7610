// Reads a macro's definition from the line of a `#define` (C11 6.10.3), and finds the operators in its replacement list.

import type { Location } from "../token.ts";
import type { Macro } from "./macro.ts";
import { Raw, type Token } from "./raw.ts";
import type { State } from "./state.ts";

/** Reads a definition from the tokens after `define`; reports what is wrong and gives nothing then. */
export function readMacro(state: State, line: readonly Token[], end: Location): Macro | undefined {
	const { names, reports, known } = state;
	const name = line[0];
	if (name === undefined) {
		reports.error("cc/macro-name", "macro name missing", end);
		return undefined;
	}
	if (!macroName(state, name)) return undefined;
	const open = line[1];
	const functionLike = open !== undefined && open.text === known.open && open.flags === 0;
	const head = functionLike
		? readParameters(state, line, end)
		: { next: 1, names: undefined, variadic: false };
	if (head === undefined) return undefined;
	const body = line.slice(head.next);
	if (!functionLike && open !== undefined && open.flags === 0)
		reports.warning(
			"cc/c99-extensions",
			"ISO C99 requires whitespace after the macro name",
			open.at,
		);
	const ids = (head.names ?? []).map((n) => names.id(n));
	const operands = Int32Array.from(body, (t) =>
		t.kind === Raw.identifier ? ids.indexOf(t.text) : -1,
	);
	const macro: Macro = {
		name: names.text(name.text),
		at: name.at,
		parameters: head.names,
		variadic: head.variadic,
		body,
		operands,
		operators: body.some(
			(t) => isPaste(state, t) || t.text === known.vaOpt || (functionLike && isHash(state, t)),
		),
		builtin: undefined,
		disabled: false,
	};
	return checkBody(state, macro, end) ? macro : undefined;
}

/** Whether a token may name a macro; reports it when not. */
export function macroName(state: State, name: Token): boolean {
	const { names, reports, known } = state;
	const length = names.text(name.text).length;
	if (name.kind !== Raw.identifier) {
		reports.error("cc/macro-name", "macro name must be an identifier", name.at, length);
		return false;
	}
	if (name.text === known.defined) {
		reports.error("cc/macro-name", "'defined' cannot be used as a macro name", name.at, length);
		return false;
	}
	return true;
}

interface Head {
	readonly next: number;
	readonly names: readonly string[] | undefined;
	readonly variadic: boolean;
}

function readParameters(state: State, line: readonly Token[], end: Location): Head | undefined {
	const { names, reports, known } = state;
	const found: string[] = [];
	const fail = (message: string, token: Token | undefined) => {
		const length = token === undefined ? 1 : names.text(token.text).length;
		reports.error("cc/macro-parameters", message, token?.at ?? end, length);
		return undefined;
	};
	if (line[2]?.text === known.close) return { next: 3, names: [], variadic: false };
	for (let at = 2; ; at += 2) {
		const token = line[at];
		if (token === undefined) return fail("missing ')' in macro parameter list", token);
		if (token.text === known.dots) {
			if (line[at + 1]?.text !== known.close)
				return fail("missing ')' in macro parameter list", line[at + 1]);
			return { next: at + 2, names: [...found, "__VA_ARGS__"], variadic: true };
		}
		if (token.kind !== Raw.identifier)
			return fail(
				token.text === known.comma || token.text === known.close
					? "expected identifier in macro parameter list"
					: "invalid token in macro parameter list",
				token,
			);
		const name = names.text(token.text);
		if (found.includes(name)) return fail(`duplicate macro parameter name '${name}'`, token);
		found.push(name);
		const after = line[at + 1];
		if (after?.text === known.close) return { next: at + 2, names: found, variadic: false };
		if (after?.text === known.dots) {
			if (line[at + 2]?.text !== known.close)
				return fail("missing ')' in macro parameter list", line[at + 2]);
			return { next: at + 3, names: found, variadic: true };
		}
		if (after?.text !== known.comma) return fail("expected comma in macro parameter list", after);
	}
}

export function isHash(state: State, token: Token): boolean {
	return (
		token.text === state.known.hash ||
		(token.kind === Raw.digraph && token.text === state.known.hashDigraph)
	);
}

export function isPaste(state: State, token: Token): boolean {
	return (
		token.text === state.known.paste ||
		(token.kind === Raw.digraph && token.text === state.known.pasteDigraph)
	);
}

function checkBody(state: State, macro: Macro, end: Location): boolean {
	const { reports } = state;
	const { body } = macro;
	const first = body[0];
	const last = body[body.length - 1];
	if (first !== undefined && isPaste(state, first)) {
		reports.error("cc/paste-edge", "'##' cannot appear at start of macro expansion", first.at, 2);
		return false;
	}
	if (last !== undefined && isPaste(state, last)) {
		reports.error("cc/paste-edge", "'##' cannot appear at end of macro expansion", last.at, 2);
		return false;
	}
	return body.every((token, i) => checkOperator(state, macro, token, i, end));
}

/** Whether an operator of the replacement list has its operand. */
function checkOperator(
	state: State,
	macro: Macro,
	token: Token,
	i: number,
	end: Location,
): boolean {
	const { known, reports } = state;
	const { body, operands } = macro;
	const next = body[i + 1];
	if (token.text === known.vaOpt && macro.variadic) {
		if (next?.text !== known.open) {
			reports.error("cc/va-opt", "missing '(' following __VA_OPT__", next?.at ?? end);
			return false;
		}
		if (closing(state, body, i + 1) < 0) {
			reports.error("cc/va-opt", "unterminated __VA_OPT__", token.at, 10);
			return false;
		}
	}
	if (macro.parameters === undefined || !isHash(state, token)) return true;
	if ((operands[i + 1] ?? -1) >= 0 || (macro.variadic && next?.text === known.vaOpt)) return true;
	const message = "'#' is not followed by a macro parameter";
	reports.error("cc/stringify", message, next?.at ?? end);
	return false;
}

/** The index of the parenthesis that closes the one at `open`, or -1. */
export function closing(state: State, body: readonly Token[], open: number): number {
	let depth = 0;
	for (let i = open; i < body.length; i++) {
		if (body[i]?.text === state.known.open) depth++;
		else if (body[i]?.text === state.known.close && --depth === 0) return i;
	}
	return -1;
}
