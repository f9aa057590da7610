// Messages about the source: places, ranges, notes, fix-its and spelling suggestions. Knows nothing of types.

import type { Diagnostic, Span, TextEdit } from "../../base/index.ts";
import { groupsIn, isErrorGroup, type Shown } from "../groups.ts";
import { expansionNotes } from "../lex/index.ts";
import type { Locations } from "../location.ts";
import type { Location } from "../token.ts";

const none: ReadonlyMap<string, Asked> = new Map();

type Asked = "ignored" | "warning" | "error";

export interface Note {
	readonly message: string;
	readonly at?: Location;
	/** Characters of the token before the place. */
	readonly skip?: number;
	/** In place of `at`. */
	readonly span?: Span;
}

export interface Detail {
	/** Last token of the range. */
	readonly end?: Location;
	readonly notes?: readonly Note[];
	readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[] };
	/** Characters of the token before the caret. */
	readonly skip?: number;
	/** Characters of the range behind them. */
	readonly length?: number;
	/** What Skep does not know how to do. */
	readonly unsupported?: string;
}

/** Of errors and warnings together; warnings stop at half of it, so that they hide no error. */
const most = 200;

/** Collects diagnostics; the same place is not blamed twice for the same thing. */
export class Reports {
	readonly diagnostics: Diagnostic[] = [];
	readonly #locations: Locations;
	readonly #seen = new Set<string>();
	errors = 0;
	readonly #wanted: Shown;
	/** Groups of which a pragma speaks, and what was so before a `push`. */
	readonly #asked: { readonly at: Location; readonly groups: ReadonlyMap<string, Asked> }[] = [];
	readonly #pushed: ReadonlyMap<string, Asked>[] = [];

	constructor(locations: Locations, shown: Shown) {
		this.#locations = locations;
		this.#wanted = shown;
	}

	error(id: string, at: Location, message: string, detail: Detail = {}): void {
		this.errors++;
		this.#add("error", id, at, message, detail);
	}

	/** `#pragma GCC diagnostic`: `ignored`, `warning` and `error` name a group without `-W`. */
	diagnosticPragma(action: string, group: string, at: Location): void {
		const now = this.#asked.at(-1)?.groups ?? none;
		if (action === "push") this.#pushed.push(now);
		else if (action === "pop") this.#asked.push({ at, groups: this.#pushed.pop() ?? none });
		else if (action === "ignored" || action === "warning" || action === "error") {
			const changed = groupsIn(group).map((g): [string, Asked] => [g, action]);
			this.#asked.push({ at, groups: new Map([...now, ...changed]) });
		}
	}

	/** How a warning of a group is shown at a place, undefined for not at all. What is said late counts as of its place. */
	severity(group: string, at: Location): "warning" | "error" | undefined {
		const asked = this.#asked.length === 0 ? undefined : this.#askedAt(at)?.get(group);
		if (asked === "ignored") return undefined;
		return asked ?? this.#wanted.severity(group);
	}

	#askedAt(at: Location): ReadonlyMap<string, Asked> | undefined {
		if (this.#locations.files.length === 0) return this.#asked.at(-1)?.groups;
		const place = this.#locations.used(at);
		const file = this.#locations.file(at);
		const before = (p: Location) => p <= place || this.#locations.file(p) !== file;
		return this.#asked.findLast((p) => before(p.at))?.groups;
	}

	/** What clang takes for an error unless its group is switched off or made a warning. */
	strict(id: string, at: Location, message: string, detail: Detail = {}): void {
		const severity = isErrorGroup(id) ? this.severity(id, at) : "error";
		if (severity === "error") this.error(id, at, message, detail);
		else if (severity === "warning") this.#add("warning", id, at, message, detail);
	}

	/** The caret stands behind a token: what is missing there. */
	errorBehind(id: string, at: Location, message: string, detail: Detail = {}): void {
		const count = this.diagnostics.length;
		this.error(id, at, message, detail);
		const made = this.diagnostics[count];
		if (!made?.span) return;
		const span = this.#whole(at);
		const length = span.end - span.start;
		const behind = { ...span, start: span.end, end: span.end + 1, column: span.column + length };
		this.diagnostics[count] = { ...made, span: behind };
	}

	/** Warnings about system headers are not shown. */
	warning(id: string, at: Location, message: string, detail: Detail = {}): void {
		const severity = this.severity(id, at);
		if (severity === undefined) return;
		if (this.#locations.files.length > 0 && this.#locations.file(at).system) return;
		this.#add(severity, id, at, message, detail);
	}

	unsupported(what: string, at: Location, message: string, detail: Detail = {}): void {
		this.error(`unsupported-${what}`, at, message, { ...detail, unsupported: what });
	}

	/** The characters from one token to the end of another. */
	span(from: Location, to: Location = from): Span {
		const at = this.#shown(from);
		const end = this.#shown(to);
		const first = this.#locations.span(at, this.#length(at));
		if (end === at) return first;
		const last = this.#locations.span(end, this.#length(end));
		if (last.file !== first.file || last.end < first.end) return first;
		return { ...first, end: last.end };
	}

	/** Goes on from what an earlier check had found. */
	restore(diagnostics: readonly Diagnostic[], errors: number): void {
		this.diagnostics.push(...diagnostics);
		this.errors = errors;
	}

	/** The source from one token to the end of another, when both stand in one file. */
	text(at: Location, end: Location): string | undefined {
		if (at < 0 || end < 0 || this.#locations.files.length === 0) return undefined;
		const span = this.span(at, end);
		return this.#locations.file(at).text.slice(span.start, span.end);
	}

	/** Where a token that a macro made is shown: an argument where it was written, the rest where the macro was used. */
	#shown(at: Location): Location {
		if (at >= 0) return at;
		const spelled = this.#locations.spelled(at);
		const argument = spelled > this.#locations.used(at);
		return argument && this.#locations.file(spelled) === this.#locations.file(at) ? spelled : at;
	}

	/** The name that stands at a place of a file. */
	name(at: Location): string | undefined {
		const text = this.text(at, at);
		return text !== undefined && /^[A-Za-z_]/.test(text) ? text : undefined;
	}

	/** Whether a token comes from a macro's own text, not from an argument. */
	inMacroBody(at: Location): boolean {
		return at < 0 && this.#shown(at) === at;
	}

	/** Puts `text` before a token. */
	insertBefore(at: Location, text: string): TextEdit {
		const span = this.span(at);
		return { span: { ...span, end: span.start }, text };
	}

	/** The characters of a token; of one that a macro made, those of the macro's use with its arguments. */
	#whole(at: Location): Span {
		const span = this.span(at);
		if (at >= 0 || this.#shown(at) >= 0) return span;
		const { text } = this.#locations.file(at);
		let end = span.start + (/^\w+/.exec(text.slice(span.start, span.start + 200))?.[0].length ?? 0);
		if (!/^\s*\(/.test(text.slice(end, end + 20))) return span;
		let depth = 0;
		for (const most = end + 4000; end < text.length && end < most; end++) {
			const c = text[end];
			if (c === '"') while (++end < text.length && text[end] !== '"') if (text[end] === "\\") end++;
			if (c === "(") depth++;
			else if (c === ")" && --depth === 0) break;
			if (c === "\n") return span;
		}
		return { ...span, end: end + 1 };
	}

	/** The empty range behind a token. */
	placeBehind(at: Location): Span | undefined {
		return this.#locations.files.length === 0 ? undefined : this.insertAfter(at, "").span;
	}

	/** Puts `text` behind a token. */
	insertAfter(at: Location, text: string): TextEdit {
		const span = this.#whole(at);
		const column = span.column + span.end - span.start;
		return { span: { ...span, start: span.end, column }, text };
	}

	/** Puts `text` in place of some characters of a token. */
	replacePart(at: Location, skip: number, length: number, text: string): TextEdit {
		const span = skipped(this.span(at), skip);
		return { span: { ...span, end: span.start + length }, text };
	}

	replace(at: Location, text: string, end: Location = at): TextEdit {
		return { span: this.span(at, end), text };
	}

	#add(severity: Diagnostic["severity"], name: string, at: Location, message: string, d: Detail) {
		if (this.diagnostics.length >= (severity === "error" ? most : most / 2)) return;
		const key = `${at}:${message}`;
		if (this.#seen.has(key)) return;
		this.#seen.add(key);
		if (this.#locations.files.length === 0) {
			this.diagnostics.push({ severity, id: `cc/${name}`, message });
			return;
		}
		this.diagnostics.push({
			severity,
			id: `cc/${name}`,
			message,
			span: cut(skipped(this.span(at, d.end), d.skip ?? 0), d.length),
			...(d.unsupported === undefined ? {} : { unsupported: d.unsupported }),
			...this.#more(at, d),
		});
	}

	/** Notes, those of macros first, and the fix, which must not edit where a macro is used. */
	#more(at: Location, d: Detail): Pick<Diagnostic, "notes" | "fix"> {
		const made = this.#shown(at) < 0;
		const macros = made ? expansionNotes(this.#locations, at).slice(0, 6) : [];
		const notes = [...macros, ...(d.notes ?? []).map((n) => this.#note(n))];
		return {
			...(notes.length > 0 ? { notes } : {}),
			...(d.fix && !made ? { fix: d.fix } : {}),
		};
	}

	#note(note: Note): { message: string; span?: Span } {
		if (note.span) return { message: note.message, span: note.span };
		if (note.at === undefined) return { message: note.message };
		return { message: note.message, span: skipped(this.span(note.at), note.skip ?? 0) };
	}

	/** Characters of the token at a place, in the text where the user sees it. */
	#length(at: Location): number {
		const place = this.#locations.used(at);
		const file = this.#locations.file(at);
		token.lastIndex = place - file.base;
		return token.exec(file.text)?.[0].length || 1;
	}
}

function cut(span: Span, length: number | undefined): Span {
	return length === undefined ? span : { ...span, end: span.start + length };
}

function skipped(span: Span, skip: number): Span {
	return skip === 0 ? span : { ...span, start: span.start + skip, column: span.column + skip };
}

const token =
	/\.?\d(?:[eEpP][+-]|[\w.])*|[\w$]+|(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|[<>=!]=|&&|\|\||[-+*/%&|^]=|/y;

/** The candidate that is most like a name, when it is like it enough to be what was meant; of equals the first by spelling. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
	const tolerance = name.length < 3 ? 0 : Math.max(1, Math.floor(name.length / 3));
	let best: string | undefined;
	let distance = tolerance + 1;
	for (const other of candidates) {
		const limit = best !== undefined && other < best ? distance + 1 : distance;
		if (Math.abs(other.length - name.length) >= limit || other === name) continue;
		const d = edits(name, other, limit);
		if (d < limit) {
			distance = d;
			best = other;
		}
	}
	return best;
}

/** Edit distance (a swap of neighbours counts one), or anything not below `limit` when it is not below. */
function edits(a: string, b: string, limit: number): number {
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	let above = row;
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let value = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (swapped) value = Math.min(value, (above[j - 2] ?? 0) + 1);
			next.push(value);
			if (value < least) least = value;
		}
		if (least > limit) return limit;
		above = row;
		row = next;
	}
	return row[b.length] ?? limit;
}
