// `#pragma` and `_Pragma`: those that the preprocessor obeys, those that go to the parser, and those that are dropped.

import type { Location } from "../token.ts";
import type { Expander } from "./expand.ts";
import type { Macro } from "./macro.ts";
import { lineStart, Raw, spaceBefore, type Token } from "./raw.ts";
import type { State } from "./state.ts";

/** What a pragma may do outside of this file. */
export interface PragmaHost {
	readonly state: State;
	readonly expander: Expander;
	/** The file being read is not to be read again. */
	once(at: Location): void;
	/** Gives the parser a pragma. */
	deliver(text: string, at: Location): void;
}

/** Pragmas that the parser gets, and how many words name them; their operands are expanded. */
const delivered: Readonly<Record<string, number>> = {
	unroll: 1,
	nounroll: 1,
	unroll_and_jam: 1,
	nounroll_and_jam: 1,
	pack: 1,
	weak: 1,
	"clang loop": 2,
	"clang attribute": 2,
	"clang diagnostic": 2,
	"GCC diagnostic": 2,
	"GCC unroll": 2,
	"GCC nounroll": 2,
};
/** Those that change nothing in a program for eBPF. */
const silent = new Set([
	...["clang", "GCC"].flatMap((who) =>
		[
			"poison",
			"system_header",
			"warning",
			"error",
			"visibility",
			"push_options",
			"pop_options",
			"optimize",
			"ivdep",
			"fp",
			"assume_nonnull",
		].map((what) => `${who} ${what}`),
	),
	..."STDC region endregion mark omp ident comment GCC_pch".split(" "),
]);

/** Definitions that `#pragma push_macro` has put aside, by name. */
export type PushedMacros = Map<string, (Macro | undefined)[]>;

/** Acts on a pragma, given its tokens as they stand. */
export function pragma(host: PragmaHost, line: readonly Token[], pushed: PushedMacros): void {
	const { state } = host;
	const [first, second] = [line[0], line[1]];
	if (first === undefined) return;
	const word = state.text(first);
	const pair = second === undefined ? word : `${word} ${state.text(second)}`;
	const words = delivered[pair] ?? delivered[word];
	if (words !== undefined) {
		const operands = host.expander.expandAll(line.slice(words));
		host.deliver(spelled(state, [...line.slice(0, words), ...operands]), first.at);
	} else if (word === "once") host.once(first.at);
	else if (word === "push_macro" || word === "pop_macro")
		exchange(host, line, word === "push_macro", pushed);
	else if (word === "message") message(host, line);
	else if (!silent.has(word) && !silent.has(pair)) {
		const length = word.length;
		state.reports.warning("cc/unknown-pragmas", "unknown pragma ignored", first.at, length);
	}
}

/** The tokens as a line of text. */
function spelled(state: State, tokens: readonly Token[]): string {
	return tokens
		.map((t, i) => (i > 0 && t.flags & (spaceBefore | lineStart) ? " " : "") + state.text(t))
		.join("");
}

function stringOperand(host: PragmaHost, line: readonly Token[]): string | undefined {
	const { state } = host;
	const inner = line[1]?.text === state.known.open ? line.slice(2, -1) : line.slice(1);
	const tokens = host.expander.expandAll(inner);
	if (tokens.length === 0 || tokens.some((t) => t.kind !== Raw.string)) return undefined;
	return tokens.map((t) => state.text(t).slice(1, -1)).join("");
}

function exchange(
	host: PragmaHost,
	line: readonly Token[],
	push: boolean,
	pushed: PushedMacros,
): void {
	const { state } = host;
	const name = stringOperand(host, line);
	if (name === undefined) return;
	const id = state.names.id(name);
	const stack = pushed.get(name) ?? [];
	pushed.set(name, stack);
	if (push) stack.push(state.macros[id]);
	else if (stack.length > 0) state.putBack(id, stack.pop());
}

function message(host: PragmaHost, line: readonly Token[]): void {
	const text = stringOperand(host, line);
	const first = line[0];
	if (text === undefined || first === undefined) return;
	host.state.reports.warning("cc/#pragma-messages", text.replace(/\\(.)/g, "$1"), first.at, 7);
}

/** The text that the string of a `_Pragma` stands for (6.10.9). */
export function destringized(literal: string): string {
	return literal
		.replace(/^(?:L|u8|u|U)?"/, "")
		.slice(0, -1)
		.replace(/\\(["\\])/g, "$1");
}
