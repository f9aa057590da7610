// Translation phases 1 to 4 (C11 5.1.1.2): text of a file and of what it includes → tokens for the parser. Never throws, whatever the text.

import type { Diagnostic } from "../../base/index.ts";
import type { Locations } from "../location.ts";
import type { Location, Names, Tokens } from "../token.ts";
import { abilities } from "./abilities.ts";
import { type Abilities, Builtins, defineBuiltins, type Here } from "./builtins.ts";
import { type Asked, advance, type Checkpoint, Checkpoints, progressOf } from "./checkpoint.ts";
import { commonHeader } from "./common.ts";
import { conditional, isConditional } from "./conditionals.ts";
import { directive } from "./directives.ts";
import { Expander, type Source } from "./expand.ts";
import { Frame } from "./frame.ts";
import { Lexer } from "./lexer.ts";
import { Output } from "./output.ts";
import { destringized, type PushedMacros, pragma } from "./pragma.ts";
import { predefined } from "./predefined.ts";
import { lineStart, Raw, type Token } from "./raw.ts";
import { endToken, State } from "./state.ts";

/** A text to be read, under the name that `__FILE__` and diagnostics give it. */
export interface SourceText {
	readonly name: string;
	readonly text: string;
}

/** A header that was found. Two headers are the same one when their names are. */
export interface Header {
	readonly name: string;
	readonly text: string;
	readonly system: boolean;
	/** For `#embed`, where the text's bytes are not the file's. */
	readonly bytes?: (() => Uint8Array | undefined) | undefined;
}

export interface PreprocessOptions {
	readonly locations: Locations;
	readonly names: Names;
	/**
	 * Finds a header: `from` is the name of the including file, `angled` says `<…>`, `next` says `#include_next`.
	 */
	readonly include: (
		name: string,
		from: string,
		angled: boolean,
		next: boolean,
	) => Header | undefined;
	/** As by `-D`: name, with parameters perhaps, and replacement. */
	readonly defines?: readonly { readonly name: string; readonly value: string }[];
	/** As by `-U`. */
	readonly undefines?: readonly string[];
	/** As by `-include`: headers that are read before the file. */
	readonly forced?: readonly string[];
	readonly target: { readonly cpu: 1 | 2 | 3 | 4; readonly modern?: boolean };
	/** Answers `__has_builtin` and its kin; the compiler's own tables when absent. */
	readonly abilities?: Abilities;
	/** Keeps the tokens of headers from one compilation to the next; must have been made with the same `names`. */
	readonly lexer?: Lexer;
	/** What the last run left for this one, which leaves the same for the next; made with the same `names`. */
	readonly checkpoints?: Checkpoints;
}

export interface MacroDefinition {
	readonly name: string;
	/** Where the name stands in its definition. */
	readonly at: Location;
	/** Undefined for an object-like macro. */
	readonly parameters: readonly string[] | undefined;
	readonly variadic: boolean;
}

export interface Preprocessed {
	readonly tokens: Tokens;
	readonly diagnostics: readonly Diagnostic[];
	/** Names of the headers that were read, in order, each once. */
	readonly included: readonly string[];
	/** Macros that are defined at the end of the file. */
	readonly macros: ReadonlyMap<string, MacroDefinition>;
	/** A header was missing, or macros grew without end: further problems would be consequences. */
	readonly fatal: boolean;
}

/** Characters that the program's places are rounded up to. */
const room = 1 << 16;

/** Inclusion deeper than this has no end. */
const deepest = 200;

export function preprocess(main: SourceText, options: PreprocessOptions): Preprocessed {
	return new Preprocessor(main, options).run();
}

class Preprocessor implements Source, Here {
	readonly state: State;
	readonly expander: Expander;
	readonly main: string;
	readonly #options: PreprocessOptions;
	readonly #mainText: string;
	readonly #output: Output;
	readonly #frames: Frame[] = [];
	#frame: Frame | undefined;
	readonly #once = new Set<string>();
	readonly #included = new Set<string>();
	readonly #pushed: PushedMacros = new Map();
	readonly #builtins: Builtins;
	#fatal = false;
	#main: Frame | undefined;
	/** What the command line says. */
	#given = "";
	/** Where the places of headers begin. */
	#base = 0;
	#asked: Asked[] = [];
	#points: readonly Checkpoint[] = [];

	constructor(main: SourceText, options: PreprocessOptions) {
		this.#options = options;
		this.main = main.name;
		this.#mainText = main.text;
		const lexer = options.lexer ?? new Lexer(options.names);
		this.state = new State(lexer, options.locations);
		this.#output = new Output(this.state);
		this.#builtins = new Builtins(this.state, this, options.abilities ?? abilities);
		this.expander = new Expander(this.state, this, this.#builtins);
	}

	run(): Preprocessed {
		const { state } = this;
		// The program comes first: its places are the small numbers. They have room to grow: places in headers stay what they are from
		// one keystroke to the next.
		const main = state.locations.add(this.main, this.#mainText);
		state.locations.reserve(room - (state.locations.end % room));
		const frame = new Frame(main, state.lexer.lex(main.text, false));
		this.#takeUp(frame);
		this.#main = frame;
		this.#read(frame);
		let macros: ReadonlyMap<string, MacroDefinition> | undefined;
		return {
			tokens: this.#output.finish(main.base + main.text.length),
			diagnostics: state.reports.list,
			included: [...this.#included],
			get macros() {
				macros ??= definitions(state);
				return macros;
			},
			fatal: this.#fatal || state.stopped,
		};
	}

	/** Goes on from where an earlier run was, or defines what is defined before any file. */
	#takeUp(frame: Frame): void {
		const { state } = this;
		const { checkpoints } = this.#options;
		const { file, lexed } = frame;
		this.#given = commandLine(this.#options);
		this.#base = state.locations.end;
		const find = (a: Asked) => this.#options.include(a.name, a.from, a.angled, a.next);
		this.#points = checkpoints?.fitting(this.#key(), this.#base, lexed, file.text, find) ?? [];
		const last = this.#points.at(-1);
		if (last) this.#restore(last, frame);
		else this.#begin();
		if (checkpoints) checkpoints.list = this.#points;
	}

	#begin(): void {
		const { state } = this;
		const { cpu, modern } = this.#options.target;
		const builtin = state.locations.add("<built-in>", predefined(cpu, modern), true);
		defineBuiltins(state, builtin.base);
		this.#read(new Frame(builtin, state.lexer.lex(builtin.text)));
		if (this.#given !== "") {
			const file = state.locations.add("<command line>", this.#given);
			this.#read(new Frame(file, state.lexer.lex(file.text)));
		}
		this.#checkpoint(undefined);
	}

	/** What must be the same for a run to go on from an earlier one, but texts. */
	#key(): string {
		const { cpu, modern = false } = this.#options.target;
		return `${cpu} ${modern}\n${this.main}\n${this.#given}`;
	}

	/** Leaves to the next run what is known now, when no problem stands in the way. */
	#checkpoint(main: Frame | undefined): void {
		const { checkpoints } = this.#options;
		if (!checkpoints || this.#fatal || this.state.stopped) return;
		this.#points = Checkpoints.with(this.#points, {
			given: this.#key(),
			base: this.#base,
			state: this.state.save(),
			output: this.#output.save(),
			locations: this.state.locations.save(1),
			asked: { list: this.#asked, count: this.#asked.length },
			once: new Set(this.#once),
			included: new Set(this.#included),
			pushed: new Map([...this.#pushed].map(([name, stack]) => [name, stack.slice()])),
			counter: this.#builtins.counter,
			...(main ? { main: progressOf(main) } : {}),
		});
		checkpoints.list = this.#points;
	}

	#restore(point: Checkpoint, frame: Frame): void {
		this.state.restore(point.state);
		this.#output.restore(point.output, frame.lexed.length);
		this.state.locations.restore(point.locations);
		this.#asked = point.asked.list.slice(0, point.asked.count);
		for (const name of point.once) this.#once.add(name);
		for (const name of point.included) this.#included.add(name);
		for (const [name, stack] of point.pushed) this.#pushed.set(name, stack.slice());
		this.#builtins.counter = point.counter;
		if (point.main) advance(frame, point.main);
	}

	#find(name: string, angled: boolean, next: boolean): Header | undefined {
		const from = this.#frame?.file.name ?? this.main;
		const found = this.#options.include(name, from, angled, next);
		if (this.#options.checkpoints) this.#asked.push({ name, from, angled, next, found });
		return found;
	}

	/** The header that everybody has, where the program names a copy of its own that is not there. */
	#likely(name: string, at: Location): Header | undefined {
		const common = commonHeader(name);
		const found = common === undefined ? undefined : this.#find(common, true, false);
		if (found === undefined) return undefined;
		const text = `'${name}' file not found, <${common}> is read instead`;
		this.state.reports.warning("cc/header-copy", text, at, name.length + 2);
		return found;
	}

	/** Reads a file and all that it includes. */
	#read(frame: Frame): void {
		this.#enter(frame);
		for (let top = this.#frame; top !== undefined; top = this.#frame) {
			if (this.state.stopped) this.#frames.length = 0;
			this.#copy(top);
			if (top !== this.#frame) continue;
			if (top.next >= top.limit || this.state.stopped) {
				this.#leave(top);
				if (this.#frame === this.#main && this.#main) this.#checkpoint(this.#main);
			} else if (this.#directiveNext(top)) this.#directive(top, false);
			else this.#expand(top);
		}
	}

	/** Copies tokens until one needs attention. */
	#copy(frame: Frame): void {
		const { kind, text, offset, flags } = frame.lexed;
		const { macros, known } = this.state;
		const { base } = frame.file;
		const { limit } = frame;
		const output = this.#output;
		let at = frame.next;
		while (macros.length < this.state.names.size) macros.push(undefined);
		for (; at < limit; at++) {
			const k = kind[at] ?? 0;
			const id = text[at] ?? 0;
			if (k === Raw.identifier) {
				if (macros[id] !== undefined || id === known.pragma) break;
			} else if ((flags[at] ?? 0) & lineStart && (id === known.hash || k === Raw.digraph)) break;
			if (k > Raw.punctuator) output.odd(frame.token(at));
			else output.add(k, id, base + (offset[at] ?? 0));
		}
		frame.next = at;
	}

	#expand(frame: Frame): void {
		const token = frame.token(frame.next++);
		const macro = this.state.macros[token.text];
		if (macro === undefined || !this.expander.enter(token, macro)) {
			this.#emit(token);
			return;
		}
		while (this.expander.pending()) this.#emit(this.expander.next());
	}

	#emit(token: Token): void {
		if (token.kind === Raw.identifier && token.text === this.state.known.pragma)
			this.#operator(token);
		else this.#output.odd(token);
	}

	/** The operator `_Pragma` (6.10.9). */
	#operator(name: Token): void {
		const { known, reports, lexer } = this.state;
		const open = this.expander.next();
		const bracketed = open.text === known.open;
		const literal = bracketed ? this.expander.next() : open;
		let close = literal.kind === Raw.string && bracketed ? this.expander.next() : literal;
		if (!bracketed || literal === close || close.text !== known.close) {
			const message = "_Pragma takes a parenthesized string literal";
			reports.error("cc/pragma-operator", message, name.at, 7);
			if (!bracketed) this.#output.odd(open);
			else for (let i = 0; i < 16 && close.text !== known.close; i++) close = this.expander.next();
			return;
		}
		const lexed = lexer.lex(destringized(this.state.text(literal)));
		const line: Token[] = [];
		for (let i = 0; i < lexed.length; i++)
			line.push({
				kind: lexed.kind[i] ?? 0,
				text: lexed.text[i] ?? 0,
				at: name.at,
				flags: lexed.flags[i] ?? 0,
			});
		this.pragma(line);
	}

	// What macros see below them.

	read(): Token {
		for (;;) {
			const frame = this.#frame;
			if (frame === undefined || this.state.stopped) return endToken;
			if (frame.next >= frame.limit) {
				// The arguments of a macro may go on behind the end of an included file.
				if (frame.inDirective || this.#frames.length < 2) return endToken;
				this.#leave(frame);
			} else if (frame.inDirective || !this.#directiveNext(frame)) return frame.token(frame.next++);
			else this.#directive(frame, true);
		}
	}

	opens(): boolean {
		const frame = this.#frame;
		return (
			frame !== undefined &&
			frame.next < frame.limit &&
			frame.lexed.text[frame.next] === this.state.known.open
		);
	}

	// What directives act on.

	get frame(): Frame {
		return this.#frame ?? new Frame(this.state.locations.add("", ""), this.state.lexer.lex(""));
	}

	include(name: string, angled: boolean, next: boolean, once: boolean, at: Location): boolean {
		const { state } = this;
		const found = this.#find(name, angled, next) ?? (next ? undefined : this.#likely(name, at));
		if (found === undefined) return false;
		if (this.#once.has(found.name)) return true;
		if (once) this.#once.add(found.name);
		const lexed = state.lexer.lex(found.text);
		if (lexed.guard >= 0 && state.macros[lexed.guard] !== undefined) return true;
		if (this.#frames.length >= deepest) {
			state.reports.error("cc/include-depth", "#include nested too deeply", at, name.length + 2);
			state.stopped = true;
			return true;
		}
		this.#included.add(found.name);
		this.#enter(new Frame(state.locations.add(found.name, found.text, found.system), lexed));
		return true;
	}

	pragma(line: readonly Token[]): void {
		this.expander.aside(() => pragma(this, line, this.#pushed));
	}

	once(at: Location): void {
		const frame = this.#frame;
		if (frame === undefined) return;
		if (this.#frames.length === 1)
			this.state.reports.warning(
				"cc/pragma-once-outside-header",
				"#pragma once in main file",
				at,
				4,
			);
		this.#once.add(frame.file.name);
	}

	deliver(text: string, at: Location): void {
		this.#output.add(Raw.pragma, this.state.names.id(text), at);
	}

	fail(): void {
		this.#fatal = true;
	}

	// What built-in macros ask.

	line(at: Location): number {
		const frame = this.#frame;
		const here = at < 0 ? this.state.locations.used(at) : at;
		return this.state.locations.position(here).line + (frame?.shift ?? 0);
	}

	file(): string {
		return this.#frame?.name ?? this.main;
	}

	depth(): number {
		return this.#frames.length - 1;
	}

	exists(name: string, angled: boolean, next: boolean): boolean {
		return this.#find(name, angled, next) !== undefined;
	}

	resource(name: string, angled: boolean): Header | undefined {
		return this.#find(name, angled, false);
	}

	get inDirective(): boolean {
		return this.#frame?.inDirective === true;
	}

	insert(tokens: readonly Token[]): void {
		for (const token of tokens) this.#output.odd(token);
	}

	#enter(frame: Frame): void {
		this.#frames.push(frame);
		this.#frame = frame;
	}

	#leave(frame: Frame): void {
		const { reports, stopped } = this.state;
		if (!stopped) {
			if (frame.lexed.openComment >= 0) {
				const at = frame.file.base + frame.lexed.openComment;
				reports.error("cc/comment", "unterminated /* comment", at, 2);
			}
			for (const open of frame.conditionals.reverse())
				reports.error("cc/conditional", "unterminated conditional directive", open.at);
		}
		this.#frames.pop();
		this.#frame = this.#frames[this.#frames.length - 1];
	}

	#directiveNext(frame: Frame): boolean {
		const { lexed, next } = frame;
		if (!((lexed.flags[next] ?? 0) & lineStart)) return false;
		const { hash, hashDigraph } = this.state.known;
		return lexed.text[next] === hash || lexed.text[next] === hashDigraph;
	}

	#directive(frame: Frame, embedded: boolean): void {
		const start = frame.next;
		const end = frame.lineEnd(start);
		frame.next = start + 1;
		frame.limit = end;
		frame.inDirective = true;
		if (frame.next < end) {
			const token = frame.token(frame.next++);
			const name = this.state.text(token);
			this.expander.aside(() => {
				if (isConditional(name)) conditional(this.state, this.expander, frame, name, token.at);
				else directive(this, name, token, embedded);
			});
		}
		frame.next = Math.max(frame.next, end);
		frame.limit = frame.lexed.length;
		frame.inDirective = false;
	}
}

/** The macros that are defined now. */
function definitions(state: State): ReadonlyMap<string, MacroDefinition> {
	const macros = new Map<string, MacroDefinition>();
	for (const id of state.defined) {
		const macro = state.macros[id];
		if (macro !== undefined) macros.set(macro.name, macro);
	}
	return macros;
}

/** What the options of the command line say, as text. */
function commandLine(options: PreprocessOptions): string {
	const defines = (options.defines ?? []).map((d) => `#define ${d.name} ${d.value}\n`);
	const undefines = (options.undefines ?? []).map((name) => `#undef ${name}\n`);
	const forced = (options.forced ?? []).map((name) => `#include "${name}"\n`);
	return [...defines, ...undefines, ...forced].join("");
}
