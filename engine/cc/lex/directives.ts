// Directives other than conditionals: definitions, inclusion, `#line`, `#error` (C11 6.10.2 to 6.10.7).

import type { Location } from "../token.ts";
import { headerName } from "./builtins.ts";
import { macroName, readMacro } from "./define.ts";
import { bytesOf, embedded as embeddedTokens, type Resource, readParameters } from "./embed.ts";
import type { Expander } from "./expand.ts";
import type { Frame } from "./frame.ts";
import { sameMacro } from "./macro.ts";
import { Raw, type Token } from "./raw.ts";
import type { State } from "./state.ts";

/** What a directive acts on. */
export interface DirectiveHost {
	readonly state: State;
	readonly expander: Expander;
	readonly frame: Frame;
	/** Begins to read a header; false when there is none of that name. */
	include(name: string, angled: boolean, next: boolean, once: boolean, at: Location): boolean;
	pragma(line: readonly Token[]): void;
	/** The file that an `#embed` names. */
	resource(name: string, angled: boolean): Resource | undefined;
	/** Puts tokens where the directive stands. */
	insert(tokens: readonly Token[]): void;
	/** A header is missing: what follows is noise. */
	fail(): void;
}

/** Acts on a directive; the frame is behind its name. `embedded`: it stands among the arguments of a macro. */
export function directive(
	host: DirectiveHost,
	name: string,
	token: Token,
	embedded: boolean,
): void {
	const { state, frame } = host;
	const { reports } = state;
	const length = name.length;
	switch (name) {
		case "define":
			define(state, frame);
			break;
		case "undef":
			undefine(state, frame);
			break;
		case "include":
		case "include_next":
		case "import":
			if (!embedded) include(host, name);
			else {
				const message = `embedding a #${name} directive within macro arguments is not supported`;
				reports.error("cc/embedded", message, token.at, length);
			}
			break;
		case "pragma":
			host.pragma(frame.rest());
			break;
		case "line":
			line(host, token);
			break;
		case "error":
			reports.error("cc/error", remainder(frame, token, name), token.at, length);
			break;
		case "warning":
			reports.warning("cc/#warnings", remainder(frame, token, name), token.at, length);
			break;
		case "ident":
		case "sccs":
			break;
		case "embed":
			embed(host, token, embedded);
			break;
		default:
			if (token.kind === Raw.number) marker(host, token);
			else unknown(state, name, token);
	}
}

const known =
	"define undef include include_next embed pragma line error warning if ifdef ifndef elif elifdef elifndef else endif".split(
		" ",
	);

/** A directive that does not exist; says which one it looks like. */
function unknown(state: State, name: string, token: Token): void {
	const message = "invalid preprocessing directive";
	const near = known
		.map((word) => ({ word, distance: edits(name, word) }))
		.filter(({ distance }) => distance <= (name.length + 2) / 3)
		.sort((a, b) => a.distance - b.distance)[0];
	if (near === undefined) {
		state.reports.error("cc/directive", message, token.at, name.length);
		return;
	}
	const question = `${message}, did you mean '#${near.word}'?`;
	state.reports.misspelled("cc/directive", question, token.at, name.length, near.word);
}

/** Letters to change, add or leave out to make `b` of `a`. */
function edits(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}

function define(state: State, frame: Frame): void {
	const tokens = frame.rest();
	const macro = readMacro(state, tokens, frame.behind());
	if (macro === undefined) return;
	const id = state.names.id(macro.name);
	const before = state.macros[id];
	const { reports } = state;
	const length = macro.name.length;
	if (before?.builtin !== undefined)
		reports.warning("cc/builtin-macro-redefined", "redefining builtin macro", macro.at, length);
	else if (before !== undefined && !sameMacro(before, macro)) {
		const note = reports.note("previous definition is here", before.at, length);
		reports.warning("cc/macro-redefined", `'${macro.name}' macro redefined`, macro.at, length, [
			note,
		]);
	}
	state.define(id, macro);
}

function undefine(state: State, frame: Frame): void {
	const tokens = frame.rest();
	const name = tokens[0];
	if (name === undefined) {
		state.reports.error("cc/macro-name", "macro name missing", frame.behind());
		return;
	}
	if (!macroName(state, name)) return;
	extra(state, tokens[1], "undef");
	if (state.macros[name.text]?.builtin !== undefined)
		state.reports.warning(
			"cc/builtin-macro-redefined",
			"undefining builtin macro",
			name.at,
			state.text(name).length,
		);
	state.putBack(name.text, undefined);
}

function extra(state: State, token: Token | undefined, name: string): void {
	if (token === undefined || token.kind === Raw.end) return;
	state.reports.warning("cc/extra-tokens", `extra tokens at end of #${name} directive`, token.at);
}

/** The rest of the directive's line as written. */
function remainder(frame: Frame, token: Token, name: string): string {
	const { text, base } = frame.file;
	const start = token.at - base + name.length;
	let end = start;
	while (end < text.length && text[end] !== "\n") {
		if (text[end] === "\\" && /^\\[ \t\r]*\n/.test(text.slice(end, end + 80)))
			end = text.indexOf("\n", end);
		end++;
	}
	return text
		.slice(start, end)
		.replace(/\\[ \t\r]*\n/g, "")
		.trim();
}

function include(host: DirectiveHost, name: string): void {
	const { state, frame } = host;
	const header = namedHeader(host);
	if (header === undefined) return;
	if (header.name === "") {
		state.reports.error("cc/include-name", "empty filename", header.at, 2);
		return;
	}
	frame.next = frame.limit;
	if (
		host.include(header.name, header.angled, name === "include_next", name === "import", header.at)
	)
		return;
	const length = header.name.length + 2;
	state.reports.error("cc/include", `'${header.name}' file not found`, header.at, length);
	host.fail();
}

/** `#embed` (C23 6.10.4). */
function embed(host: DirectiveHost, token: Token, within: boolean): void {
	const { state, frame, expander } = host;
	const { reports } = state;
	reports.warning("cc/c23-extensions", "#embed is a C23 extension", token.at, 5);
	if (within) {
		const message = "embedding a #embed directive within macro arguments is not supported";
		reports.error("cc/embedded", message, token.at, 5);
		return;
	}
	const header = namedHeader(host, true);
	if (header === undefined) return;
	const rest: Token[] = [];
	for (let t = expander.next(); t.kind !== Raw.end; t = expander.next()) rest.push(t);
	const behind = [...header.more, ...rest];
	const parameters = readParameters(state, behind, frame.lineBehind(), false);
	if (!parameters) return;
	const file = host.resource(header.name, header.angled);
	const length = header.name.length + 2;
	if (!file) {
		reports.error("cc/include", `'${header.name}' file not found`, header.at, length);
		host.fail();
		return;
	}
	const bytes = bytesOf(file, parameters);
	const { text, base } = frame.file;
	const start = base + Math.max(text.lastIndexOf("#", token.at - base), 0);
	if (bytes) host.insert(embeddedTokens(state, bytes, parameters, start));
	else {
		const message = `'${header.name}' is not text in UTF-8: Skep embeds no other files here`;
		reports.unsupported("#embed", message, header.at, length);
	}
}

/** The header that a directive names: as spelled, or by a macro (6.10.2p4). */
function namedHeader(host: DirectiveHost, more = false) {
	const { state, frame, expander } = host;
	const expected = 'expected "FILENAME" or <FILENAME>';
	if (frame.next >= frame.limit) {
		state.reports.error("cc/include-name", expected, frame.behind());
		return undefined;
	}
	const first = frame.token(frame.next);
	if (first.text === state.known.less) return angledHeader(state, frame, first.at, more);
	const tokens: Token[] = [];
	for (let t = expander.next(); t.kind !== Raw.end; t = expander.next()) tokens.push(t);
	const header = headerName(state, tokens);
	if (header === undefined)
		state.reports.error("cc/include-name", expected, first.at, state.text(first).length);
	else if (!header.angled && !more) extra(state, tokens[1], "include");
	const close = tokens.findIndex((t) => t.text === state.known.greater);
	return header && { ...header, at: first.at, more: tokens.slice(header.angled ? close + 1 : 1) };
}

/** `<name>` as the text has it, whatever tokens that makes. */
function angledHeader(state: State, frame: Frame, at: Location, more: boolean) {
	const { text, base } = frame.file;
	const from = at - base + 1;
	const end = text.indexOf(">", from);
	const name = end < 0 ? "\n" : text.slice(from, end);
	if (name.includes("\n")) {
		const note = state.reports.note("to match this '<'", at);
		state.reports.error("cc/include-name", "expected '>'", frame.lineBehind(), 1, [note]);
		return undefined;
	}
	while (frame.next < frame.limit && frame.at(frame.next) - base <= end) frame.next++;
	if (!more)
		extra(state, frame.next < frame.limit ? frame.token(frame.next) : undefined, "include");
	return { name, angled: true, at, more: [] as Token[] };
}

/** `#line` (6.10.4): counts lines anew; places of problems stay those of the text. */
function line(host: DirectiveHost, token: Token): void {
	const { state, expander } = host;
	const tokens: Token[] = [];
	for (let t = expander.next(); t.kind !== Raw.end; t = expander.next()) tokens.push(t);
	const [number, file] = tokens;
	const text = number === undefined ? "" : state.text(number);
	if (number === undefined || !/^\d+$/.test(text)) {
		const message = "#line directive requires a positive integer argument";
		state.reports.error("cc/line", message, number?.at ?? host.frame.behind(), text.length || 1);
		return;
	}
	if (file !== undefined && file.kind !== Raw.string) {
		state.reports.error(
			"cc/line",
			"invalid filename for #line directive",
			file.at,
			state.text(file).length,
		);
		return;
	}
	renumber(host, token, Number(text), file);
}

/** A line marker, `# 12 "file" 1`, as preprocessed text has it. */
function marker(host: DirectiveHost, token: Token): void {
	const { state, frame } = host;
	const text = state.text(token);
	if (!/^\d+$/.test(text)) {
		state.reports.error(
			"cc/line",
			"line marker directive requires a positive integer argument",
			token.at,
			text.length,
		);
		return;
	}
	const file = frame.rest()[0];
	renumber(host, token, Number(text), file?.kind === Raw.string ? file : undefined);
}

function renumber(
	host: DirectiveHost,
	token: Token,
	number: number,
	file: Token | undefined,
): void {
	const { state, frame } = host;
	frame.shift = number - 1 - state.locations.position(token.at).line;
	if (file !== undefined)
		frame.name = state
			.text(file)
			.slice(1, -1)
			.replace(/\\(["\\])/g, "$1");
}
