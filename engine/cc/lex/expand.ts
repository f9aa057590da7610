// Macro expansion (C11 6.10.3): a stack of token runs over the file. A macro's name is not expanded again while the run that its
// expansion made is on the stack. Knows nothing of directives; the file below is handed in.

import type { Location } from "../token.ts";
import type { Builtins } from "./builtins.ts";
import type { Macro } from "./macro.ts";
import { painted, Raw, type Token } from "./raw.ts";
import { endToken, type State } from "./state.ts";
import { type Argument, substitute } from "./substitute.ts";

/** The tokens below all macros: a file, or the line of a directive. */
export interface Source {
	/** The next token, `end` for ever when there is none. Acts on directives that it meets. */
	read(): Token;
	/** Whether the next token is `(`, on whatever line. */
	opens(): boolean;
}

interface Run {
	readonly tokens: readonly Token[];
	next: number;
	/** The macro that made the run, disabled while the run lasts. */
	readonly macro: Macro | undefined;
	/** An argument that is expanded by itself: nothing below may be read. */
	readonly barrier: boolean;
}

/** Arguments within arguments deeper than this are refused rather than followed. */
const deepest = 500;

export class Expander {
	readonly #state: State;
	readonly #source: Source;
	readonly #builtins: Builtins;
	#runs: Run[] = [];
	#depth = 0;
	/** Where the use ends that the file spells: `__LINE__` inside of it is this line. */
	#end: Location = 0;

	constructor(state: State, source: Source, builtins: Builtins) {
		this.#state = state;
		this.#source = source;
		this.#builtins = builtins;
	}

	/** Whether tokens of a macro are left. */
	pending(): boolean {
		for (;;) {
			const run = this.#runs[this.#runs.length - 1];
			if (run === undefined) return false;
			if (run.next < run.tokens.length) return !this.#state.stopped;
			this.#pop(run);
		}
	}

	/** The next token with macros expanded. */
	next(): Token {
		const { macros } = this.#state;
		for (;;) {
			const token = this.raw();
			if (token.kind !== Raw.identifier || token.flags & painted) return token;
			const macro = macros[token.text];
			if (macro === undefined) return token;
			if (macro.disabled) return { ...token, flags: token.flags | painted };
			if (!this.enter(token, macro)) return token;
		}
	}

	/** The next token as it stands. */
	raw(): Token {
		for (;;) {
			if (this.#state.stopped) return endToken;
			const run = this.#runs[this.#runs.length - 1];
			if (run === undefined) return this.#source.read();
			const token = run.tokens[run.next];
			if (token !== undefined) {
				run.next++;
				return token;
			}
			if (run.barrier) return endToken;
			this.#pop(run);
		}
	}

	/** Runs `work` as if no macro were being expanded: for a directive among the arguments of a use. */
	aside<T>(work: () => T): T {
		const runs = this.#runs;
		this.#runs = [];
		const result = work();
		this.#runs = runs;
		return result;
	}

	/** Expands tokens by themselves, to the end. */
	expandAll(tokens: readonly Token[]): readonly Token[] {
		return this.#expandAlone(tokens, tokens[0] ?? endToken);
	}

	/** Begins to expand the name just read; false when it is not a use after all. */
	enter(name: Token, macro: Macro): boolean {
		const state = this.#state;
		if (this.#runs.length === 0) this.#end = name.at;
		if (macro.builtin !== undefined) {
			const made = this.#builtins.answer(macro.builtin, name, this.#end, this);
			this.#push([{ ...made, flags: (name.flags & ~painted) | painted }], undefined);
			return true;
		}
		if (macro.parameters !== undefined && !this.#opens()) return false;
		let tokens: readonly Token[];
		if (macro.parameters === undefined)
			tokens = substitute(state, { macro, arguments: [], at: name.at });
		else {
			const found = this.#collect(name, macro);
			if (found === undefined) {
				this.#push(
					[{ kind: Raw.number, text: state.known.zero, at: name.at, flags: name.flags }],
					undefined,
				);
				return true;
			}
			tokens = substitute(state, { macro, arguments: found, at: name.at });
		}
		state.spend(tokens.length + macro.body.length + 1, name.at);
		const first = tokens[0];
		if (first !== undefined && first.flags !== name.flags)
			tokens = [
				{ ...first, flags: (first.flags & painted) | (name.flags & ~painted) },
				...tokens.slice(1),
			];
		macro.disabled = true;
		this.#push(tokens, macro);
		return true;
	}

	#push(tokens: readonly Token[], macro: Macro | undefined, barrier = false): void {
		this.#runs.push({ tokens, next: 0, macro, barrier });
	}

	#pop(run: Run): void {
		if (run.macro !== undefined) run.macro.disabled = false;
		this.#runs.pop();
	}

	#opens(): boolean {
		for (let i = this.#runs.length - 1; i >= 0; i--) {
			const run = this.#runs[i];
			const token = run?.tokens[run.next];
			if (token !== undefined)
				return token.text === this.#state.known.open && token.kind === Raw.punctuator;
			if (run?.barrier) return false;
		}
		return this.#source.opens();
	}

	#argument(written: readonly Token[], omitted: boolean, name: Token): Argument {
		let made: readonly Token[] | undefined;
		return {
			written,
			omitted,
			expanded: () => {
				made ??= this.#expandAlone(written, name);
				return made;
			},
		};
	}

	/** Expands an argument as if it were the rest of the file. */
	#expandAlone(written: readonly Token[], name: Token): readonly Token[] {
		const { macros } = this.#state;
		if (!written.some((t) => t.kind === Raw.identifier && macros[t.text] !== undefined))
			return written;
		if (this.#depth >= deepest) {
			if (!this.#state.stopped)
				this.#state.reports.error(
					"cc/expansion",
					`macro arguments nested deeper than ${deepest}`,
					name.at,
				);
			this.#state.stopped = true;
			return [];
		}
		this.#depth++;
		this.#push(written, undefined, true);
		const out: Token[] = [];
		for (let token = this.next(); token.kind !== Raw.end; token = this.next()) out.push(token);
		const run = this.#runs[this.#runs.length - 1];
		if (run !== undefined) this.#pop(run);
		this.#depth--;
		return out;
	}

	/** Reads the arguments of a use up to its closing parenthesis; undefined, with a report, when they do not fit. */
	#collect(name: Token, macro: Macro): Argument[] | undefined {
		const { known, reports } = this.#state;
		this.raw();
		const wanted = macro.parameters?.length ?? 0;
		const found: Token[][] = [];
		let current: Token[] = [];
		let depth = 0;
		let extra: Token | undefined;
		let close: Token;
		const length = macro.name.length;
		for (;;) {
			const token = this.raw();
			if (token.kind === Raw.end) {
				const message = "unterminated function-like macro invocation";
				if (!this.#state.stopped)
					reports.error("cc/macro-unterminated", message, name.at, length, [this.#defined(macro)]);
				return undefined;
			}
			if (token.kind === Raw.punctuator) {
				if (token.text === known.open) depth++;
				else if (token.text === known.close && depth-- === 0) {
					if (token.at > this.#end) this.#end = token.at;
					close = token;
					break;
				} else if (
					token.text === known.comma &&
					depth === 0 &&
					!(macro.variadic && found.length === wanted - 1)
				) {
					found.push(current);
					if (found.length === wanted) extra ??= token;
					current = [];
					continue;
				}
			}
			current.push(token);
		}
		if (wanted > 0 || current.length > 0 || found.length > 0) found.push(current);
		return this.#fit(name, macro, found, extra ?? close);
	}

	#fit(name: Token, macro: Macro, found: Token[][], odd: Token): Argument[] | undefined {
		const { reports } = this.#state;
		const wanted = macro.parameters?.length ?? 0;
		const make = (written: Token[], i: number): Argument => {
			const omitted =
				macro.variadic &&
				i === wanted - 1 &&
				written.length === 0 &&
				(wanted === 1 || found.length < wanted);
			return this.#argument(written, omitted, name);
		};
		if (found.length === wanted) return found.map(make);
		if (macro.variadic && found.length === wanted - 1) return [...found, []].map(make);
		const few = found.length < wanted;
		const message = `too ${few ? "few" : "many"} arguments provided to function-like macro invocation`;
		const at = few ? odd.at : (found[wanted]?.[0]?.at ?? odd.at);
		reports.error("cc/macro-arguments", message, at, 1, [this.#defined(macro)]);
		return undefined;
	}

	#defined(macro: Macro) {
		return this.#state.reports.note(
			`macro '${macro.name}' defined here`,
			macro.at,
			macro.name.length,
		);
	}
}
