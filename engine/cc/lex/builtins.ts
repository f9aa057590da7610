// The macros that have no replacement list: `__LINE__`, `__COUNTER__`, `__has_builtin(…)` and their kin. The operators of `#if` among
// them ask the compiler what it knows.

import type { Location } from "../token.ts";
import { bytesOf, type Resource, readParameters } from "./embed.ts";
import type { Builtin, Macro, Question } from "./macro.ts";
import { lineStart, Raw, spaceBefore, type Token } from "./raw.ts";
import type { State } from "./state.ts";

/** What a compiler can be asked by `__has_builtin` and the like. */
export interface Abilities {
	builtin(name: string): boolean;
	attribute(name: string): boolean;
	feature(name: string): boolean;
}

/** What the file being read can say. */
export interface Here {
	/** 1-based, as `#line` has it. */
	line(at: Location): number;
	/** As `#line` has it. */
	file(at: Location): string;
	/** Files that include this one. */
	depth(): number;
	readonly main: string;
	/** Whether an `#include` of the name would find a file. */
	exists(name: string, angled: boolean, next: boolean): boolean;
	/** The file that an `#embed` of the name would find. */
	resource(name: string, angled: boolean): Resource | undefined;
	/** The line of a directive is being read. */
	readonly inDirective: boolean;
}

export interface Reader {
	raw(): Token;
	next(): Token;
	expandAll(tokens: readonly Token[]): readonly Token[];
}

const names: Readonly<Record<string, Builtin>> = {
	__LINE__: "line",
	__FILE__: "file",
	__BASE_FILE__: "base",
	__FILE_NAME__: "name",
	__COUNTER__: "counter",
	__INCLUDE_LEVEL__: "level",
	__DATE__: "date",
	__TIME__: "time",
	__TIMESTAMP__: "stamp",
	__has_builtin: "builtin",
	__has_constexpr_builtin: "no",
	__has_attribute: "attribute",
	__has_c_attribute: "cattribute",
	__has_declspec_attribute: "no",
	__has_feature: "feature",
	__has_extension: "feature",
	__has_warning: "warning",
	__has_include: "include",
	__has_include_next: "next",
	__has_embed: "embed",
	__is_identifier: "identifier",
	__is_target_arch: "target",
	__is_target_vendor: "no",
	__is_target_os: "no",
	__is_target_environment: "no",
	__building_module: "no",
};

/** The date of every translation: the same source must always give the same object. */
const epoch = { date: "Jan  1 1970", time: "00:00:00", stamp: "Thu Jan  1 00:00:00 1970" };

/** C23 attributes and the year that they say for themselves. */
const standardAttributes: Readonly<Record<string, string>> = {
	deprecated: "201904L",
	fallthrough: "201910L",
	maybe_unused: "202106L",
	nodiscard: "202003L",
	noreturn: "202202L",
	_Noreturn: "202202L",
	reproducible: "202207L",
	unsequenced: "202207L",
};

/** Defines them all. */
export function defineBuiltins(state: State, at: Location): void {
	for (const [name, builtin] of Object.entries(names)) {
		const macro: Macro = {
			name,
			at,
			parameters: undefined,
			variadic: false,
			body: [],
			operands: new Int32Array(0),
			operators: false,
			builtin,
			disabled: false,
		};
		state.define(state.names.id(name), macro);
	}
}

export class Builtins {
	readonly #state: State;
	readonly #here: Here;
	readonly #abilities: Abilities;
	/** What `__COUNTER__` says next. */
	counter = 0;

	constructor(state: State, here: Here, abilities: Abilities) {
		this.#state = state;
		this.#here = here;
		this.#abilities = abilities;
	}

	/** The token that stands for a use at `name`; `end` is where the outermost use of a macro ends. */
	answer(builtin: Builtin, name: Token, end: Location, reader: Reader): Token {
		const here = this.#here;
		const at = name.at;
		switch (builtin) {
			case "line":
				return this.#number(String(here.line(at < 0 ? end : at)), at);
			case "file":
				return this.#string(here.file(at), at);
			case "base":
				return this.#string(here.main, at);
			case "name":
				return this.#string(here.file(at).replace(/^.*\//, ""), at);
			case "counter":
				return this.#number(String(this.counter++), at);
			case "level":
				return this.#number(String(here.depth()), at);
			case "date":
			case "time":
			case "stamp":
				return this.#string(epoch[builtin], at);
			case "embed":
			case "include":
			case "next":
				if (!here.inDirective) return this.#outside(name);
				if (builtin === "embed") return this.#number(this.#embeds(name, end, reader), at);
				return this.#number(this.#exists(name, builtin === "next", reader) ? "1" : "0", at);
			default:
				return this.#number(this.#ask(builtin, name, reader), at);
		}
	}

	#number(text: string, at: Location): Token {
		return { kind: Raw.number, text: this.#state.names.id(text), at, flags: 0 };
	}

	#string(text: string, at: Location): Token {
		const quoted = `"${text.replace(/["\\]/g, "\\$&")}"`;
		return { kind: Raw.string, text: this.#state.names.id(quoted), at, flags: 0 };
	}

	/** Where these say nothing they are names like others. */
	#outside(name: Token): Token {
		const word = this.#state.text(name);
		const message = `'${word}' must be used within a preprocessing directive`;
		this.#state.reports.error("cc/builtin-macro", message, name.at, word.length);
		return name;
	}

	/** `__has_embed`: __STDC_EMBED_NOT_FOUND__, _FOUND__ or _EMPTY__. */
	#embeds(name: Token, end: Location, reader: Reader): string {
		const operand = this.#operand(name, reader);
		if (operand === undefined) return "0";
		const words = operand[0]?.kind === Raw.string ? operand : reader.expandAll(operand);
		const header = headerName(this.#state, words);
		if (header === undefined) return this.#nameless(words[0]?.at ?? name.at);
		const angle = words.findIndex((t) => t.text === this.#state.known.greater);
		const rest = reader.expandAll(words.slice(header.angled ? angle + 1 : 1));
		const parameters = readParameters(this.#state, rest, end, true);
		if (!parameters || parameters.unknown) return "0";
		const file = this.#here.resource(header.name, header.angled);
		if (!file) return "0";
		return bytesOf(file, parameters)?.length === 0 ? "2" : "1";
	}

	#nameless(at: Location): string {
		this.#state.reports.error("cc/include-name", 'expected "FILENAME" or <FILENAME>', at);
		return "0";
	}

	/** Reads the operand in parentheses and answers. */
	#ask(question: Question, name: Token, reader: Reader): string {
		const operand = this.#operand(name, reader);
		if (operand === undefined) return "0";
		const word = operand.map((t) => this.#state.text(t)).join("");
		const plain = word.replace(/^__(.+)__$/, "$1");
		switch (question) {
			case "builtin":
				return this.#abilities.builtin(word) ? "1" : "0";
			case "attribute":
				return this.#abilities.attribute(plain) ? "1" : "0";
			case "cattribute":
				if (standardAttributes[plain] !== undefined) return standardAttributes[plain];
				return /^(?:gnu|clang)::/.test(word) &&
					this.#abilities.attribute(word.replace(/^\w+::(?:__)?(\w+?)(?:__)?$/, "$1"))
					? "1"
					: "0";
			case "feature":
				return this.#abilities.feature(plain) ? "1" : "0";
			case "identifier":
				return operand[0]?.kind === Raw.identifier ? "1" : "0";
			case "target":
				return /^bpf(?:el)?$/.test(word) ? "1" : "0";
			default:
				return "0";
		}
	}

	#operand(name: Token, reader: Reader): Token[] | undefined {
		const { known, reports } = this.#state;
		const word = this.#state.text(name);
		const open = reader.raw();
		if (open.text !== known.open || open.kind !== Raw.punctuator) {
			reports.error("cc/builtin-macro", `missing '(' after '${word}'`, name.at, word.length);
			return undefined;
		}
		const out: Token[] = [];
		let depth = 0;
		for (;;) {
			const token = reader.raw();
			if (token.kind === Raw.end) {
				reports.error("cc/builtin-macro", `missing ')' after '${word}'`, name.at, word.length);
				return undefined;
			}
			if (token.text === known.open) depth++;
			if (token.text === known.close && depth-- === 0) break;
			out.push(token);
		}
		if (out.length === 0) {
			const message = `missing argument to '${word}'`;
			reports.error("cc/builtin-macro", message, name.at, word.length);
			return undefined;
		}
		return out;
	}

	#exists(name: Token, next: boolean, reader: Reader): boolean {
		const operand = this.#operand(name, reader);
		if (operand === undefined) return false;
		const header =
			headerName(this.#state, operand) ?? headerName(this.#state, reader.expandAll(operand));
		if (header === undefined) {
			this.#nameless(operand[0]?.at ?? name.at);
			return false;
		}
		return this.#here.exists(header.name, header.angled, next);
	}
}

/** The header that `"name"` or `<name>` among tokens spells. */
export function headerName(
	state: State,
	tokens: readonly Token[],
): { name: string; angled: boolean } | undefined {
	const first = tokens[0];
	if (first?.kind === Raw.string) {
		const text = state.text(first);
		return text.startsWith('"') ? { name: text.slice(1, -1), angled: false } : undefined;
	}
	if (first?.text !== state.known.less) return undefined;
	let name = "";
	for (const token of tokens.slice(1)) {
		if (token.text === state.known.greater) return { name, angled: true };
		if (name !== "" && token.flags & (spaceBefore | lineStart)) name += " ";
		name += state.text(token);
	}
	return undefined;
}
