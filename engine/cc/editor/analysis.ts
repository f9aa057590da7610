// One check of a C file for an editor: what each name in it refers to. Takes source text, gives answers by file and offset; broken
// programs are answered as far as they could be understood.

import type { Span } from "../../base/index.ts";
import type { Target } from "../check/index.ts";
import { type Checked, type CompileOptions, checkSource } from "../compile.ts";
import type { SourceText } from "../lex/index.ts";
import type { Location } from "../token.ts";

export interface Reference {
	/** Where the name is spelled. */
	readonly at: Location;
	readonly target: Target;
}

export interface Analysis {
	readonly main: SourceText;
	readonly checked: Checked;
	/** Sorted by place. */
	readonly references: readonly Reference[];
}

/** Checks `main` and gathers what its names refer to. */
export function analyse(main: SourceText, options: CompileOptions): Analysis {
	const found: { at: Location; target: Target }[] = [];
	const checked = checkSource(main, { ...options, references: found });
	const { locations } = checked;
	const references = found
		.map(({ at, target }) => ({ at: locations.spelled(at), target }))
		.sort((a, b) => a.at - b.at);
	return { main, checked, references };
}

/** The word around an offset of a text, as half-open offsets; undefined where there is none. */
export function wordAt(text: string, offset: number): { start: number; end: number } | undefined {
	let start = offset;
	let end = offset;
	while (start > 0 && isWord(text.charCodeAt(start - 1))) start--;
	while (end < text.length && isWord(text.charCodeAt(end))) end++;
	return start === end ? undefined : { start, end };
}

function isWord(code: number): boolean {
	return (
		(code >= 0x61 && code <= 0x7a) ||
		(code >= 0x41 && code <= 0x5a) ||
		(code >= 0x30 && code <= 0x39) ||
		code === 0x5f
	);
}

export interface Named {
	readonly word: { readonly start: number; readonly end: number };
	readonly text: string;
	/** What the name refers to, or declares. */
	readonly target: Target | undefined;
	/** The macro of this name, when the name is not a reference. */
	readonly macro: boolean;
}

/** The name at an offset of a file and what it stands for. */
export function nameAt(analysis: Analysis, file: string, offset: number): Named | undefined {
	const source = analysis.checked.locations.files.find((f) => f.name === file);
	const word = source && wordAt(source.text, offset);
	if (!source || !word) return undefined;
	const at = source.base + word.start;
	const text = source.text.slice(word.start, word.end);
	const target = targetAt(analysis, at) ?? declaredAt(analysis, at);
	return { word, text, target, macro: analysis.checked.preprocessed.macros.has(text) };
}

function targetAt({ references }: Analysis, at: Location): Target | undefined {
	let low = 0;
	let high = references.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		const found = references[middle];
		if (!found) return undefined;
		if (found.at === at) return found.target;
		if (found.at < at) low = middle + 1;
		else high = middle - 1;
	}
	return undefined;
}

/** A declaration is not a reference: the thing whose own name stands here. */
function declaredAt(analysis: Analysis, at: Location): Target | undefined {
	const { unit, locations } = analysis.checked;
	const here = (thing: { readonly at: Location }) => locations.spelled(thing.at) === at;
	for (const f of unit.functions) {
		if (here(f)) return f;
		const parameter = f.params.find(here);
		if (parameter) return parameter;
	}
	return (
		unit.variables.find(here) ??
		unit.records.find(here) ??
		unit.records.flatMap((r) => r.members).find(here) ??
		analysis.references.find((r) => here(r.target))?.target
	);
}

/** The places in the files of the project where `target` is named, its declaration first. */
export function placesOf(analysis: Analysis, target: Target, name: string): Span[] {
	const { locations } = analysis.checked;
	const spans = new Map<Location, Span>();
	const add = (at: Location) => {
		const place = locations.spelled(at);
		const file = locations.file(place);
		const offset = place - file.base;
		if (file.system || file.text.slice(offset, offset + name.length) !== name) return;
		spans.set(place, locations.span(place, name.length));
	};
	add(target.at);
	for (const r of analysis.references) if (r.target === target) add(r.at);
	return [...spans.values()];
}
