// Collects the problems of one run of the preprocessor, with notes for the macros that a token came from.

import type { Diagnostic, Severity, Span } from "../../base/index.ts";
import type { Locations } from "../location.ts";
import type { Location } from "../token.ts";

type Note = { readonly message: string; readonly span?: Span };

/** More problems than this say nothing new. */
const limit = 200;

/** The chain of macros that made the token at `at`, innermost first: "expanded from macro 'M'", each at its place in the definition. */
export function expansionNotes(locations: Locations, at: Location): Note[] {
	const notes: Note[] = [];
	let place = at;
	for (const use of locations.uses(at)) {
		const spelled = locations.spelled(place);
		const name = identifierAt(locations, locations.spelled(use));
		notes.push({
			message: `expanded from macro '${name}'`,
			span: locations.span(spelled, identifierAt(locations, spelled).length || 1),
		});
		place = use;
	}
	return notes;
}

/** The identifier that stands at a place of a file. */
export function identifierAt(locations: Locations, at: Location): string {
	const file = locations.file(at);
	const text = file.text.slice(at - file.base, at - file.base + 200);
	return /^[\p{XIDC}$]*/u.exec(text)?.[0] ?? "";
}

export class Reports {
	readonly list: Diagnostic[] = [];
	readonly #locations: Locations;

	constructor(locations: Locations) {
		this.#locations = locations;
	}

	error(id: string, message: string, at: Location, length = 1, notes: readonly Note[] = []): void {
		this.#add("error", id, message, at, length, notes);
	}

	/** Its id is `cc/` and clang's group, for -Wno-…. Not shown for places in system headers. */
	warning(
		id: string,
		message: string,
		at: Location,
		length = 1,
		notes: readonly Note[] = [],
	): void {
		if (!this.#locations.file(at).system) this.#add("warning", id, message, at, length, notes);
	}

	/** An error whose cure is to write `right` in its place. */
	misspelled(id: string, message: string, at: Location, length: number, right: string): void {
		if (this.list.length >= limit) return;
		const span = this.#locations.span(at, length);
		const fix = { title: `Change to '${right}'`, edits: [{ span, text: right }] };
		this.list.push({ severity: "error", id, message, span, fix });
	}

	/** What Skep does not do, by name. */
	unsupported(what: string, message: string, at: Location, length = 1): void {
		if (this.list.length >= limit) return;
		const span = this.#locations.span(at, length);
		this.list.push({ severity: "error", id: "cc/unsupported", message, span, unsupported: what });
	}

	note(message: string, at: Location, length = 1): Note {
		return { message, span: this.#locations.span(at, length) };
	}

	#add(
		severity: Severity,
		id: string,
		message: string,
		at: Location,
		length: number,
		more: readonly Note[],
	): void {
		if (this.list.length >= limit) return;
		const use = this.#locations.used(at);
		const width = at < 0 ? identifierAt(this.#locations, use).length || 1 : length;
		const span = this.#locations.span(at, width);
		const notes = [...expansionNotes(this.#locations, at), ...more];
		this.list.push({ severity, id, message, span, ...(notes.length > 0 ? { notes } : {}) });
	}
}
