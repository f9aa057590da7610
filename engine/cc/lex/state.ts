// What all stages of one run of the preprocessor share: names, places, macros, and the ids of the spellings that mean something.

import type { Diagnostic } from "../../base/index.ts";
import type { Locations } from "../location.ts";
import type { Location, Names } from "../token.ts";
import type { Lexer } from "./lexer.ts";
import type { Macro } from "./macro.ts";
import { Raw, type Token } from "./raw.ts";
import { Reports } from "./reports.ts";

/** Tokens that macros may make in one run. A table of macros that doubles its tokens thirty times would not end in this life. */
const budget = 2_000_000;

export class State {
	readonly names: Names;
	readonly lexer: Lexer;
	readonly locations: Locations;
	readonly reports: Reports;
	readonly known: Known;
	/** By the id of the name. */
	macros: (Macro | undefined)[] = [];
	/** Ids of all names that were ever defined. */
	defined: number[] = [];
	/** Set when there is no sense in going on; every loop ends then. */
	stopped = false;
	#spent = 0;

	constructor(lexer: Lexer, locations: Locations) {
		this.lexer = lexer;
		this.names = lexer.names;
		this.locations = locations;
		this.reports = new Reports(locations);
		this.known = knownNames(lexer.names);
	}

	define(id: number, macro: Macro): void {
		while (this.macros.length <= id) this.macros.push(undefined);
		this.macros[id] = macro;
		this.defined.push(id);
	}

	/** Puts a definition back as it was, or takes it away. */
	putBack(id: number, macro: Macro | undefined): void {
		if (macro !== undefined) this.define(id, macro);
		else if (id < this.macros.length) this.macros[id] = undefined;
	}

	/** What was defined, to go on from later. */
	save(): SavedState {
		return {
			macros: this.macros.slice(),
			defined: { list: this.defined, count: this.defined.length },
			reports: this.reports.list.slice(),
			spent: this.#spent,
		};
	}

	restore(saved: SavedState): void {
		const { list, count } = saved.defined;
		this.macros = saved.macros.slice();
		this.defined = list.slice(0, count);
		this.reports.list.push(...saved.reports);
		this.#spent = saved.spent;
	}

	/** Counts tokens that macros made; stops the run when there are too many. */
	spend(tokens: number, at: Location): void {
		this.#spent += tokens;
		if (this.#spent <= budget || this.stopped) return;
		this.stopped = true;
		this.reports.error("cc/expansion", `macro expansion makes more than ${budget} tokens`, at);
	}

	text(token: Token): string {
		return this.names.text(token.text);
	}
}

/** The definitions of a run up to some place. */
export interface SavedState {
	readonly macros: readonly (Macro | undefined)[];
	readonly defined: { readonly list: readonly number[]; readonly count: number };
	readonly reports: readonly Diagnostic[];
	readonly spent: number;
}

export const endToken: Token = { kind: Raw.end, text: 0, at: 0, flags: 0 };

type Known = ReturnType<typeof knownNames>;

function knownNames(names: Names) {
	return {
		empty: names.id(""),
		hash: names.id("#"),
		paste: names.id("##"),
		hashDigraph: names.id("%:"),
		pasteDigraph: names.id("%:%:"),
		open: names.id("("),
		close: names.id(")"),
		comma: names.id(","),
		dots: names.id("..."),
		less: names.id("<"),
		greater: names.id(">"),
		vaArgs: names.id("__VA_ARGS__"),
		vaOpt: names.id("__VA_OPT__"),
		pragma: names.id("_Pragma"),
		defined: names.id("defined"),
		zero: names.id("0"),
	};
}
