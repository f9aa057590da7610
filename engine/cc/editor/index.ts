// Editor services for C: hover, definition, uses, rename, outline, completion. All take a file of the compilation and an offset in it.

import type { Span, TextEdit } from "../../base/index.ts";
import { typeText } from "../ast/index.ts";
import type { Target } from "../check/index.ts";
import { type Analysis, nameAt, placesOf } from "./analysis.ts";
import { describeName, functionText, helperText } from "./describe.ts";

export { type Analysis, analyse } from "./analysis.ts";
export {
	type Completion,
	type CompletionKind,
	type CompletionOptions,
	type Completions,
	completionsAt,
} from "./complete.ts";

export interface Hover {
	/** Half-open offsets of the name. */
	readonly start: number;
	readonly end: number;
	readonly title: string;
	readonly paragraphs: readonly string[];
}

/** What the name at an offset is: its declaration, size, offset, and the documentation of helpers. */
export function hoverAt(analysis: Analysis, file: string, offset: number): Hover | undefined {
	const named = nameAt(analysis, file, offset);
	if (!named) return undefined;
	const { word, text, target } = named;
	if (target) return { ...word, ...describeName(analysis, target, text) };
	const macro = analysis.checked.preprocessed.macros.get(text);
	if (macro) return { ...word, title: macroText(analysis, text), paragraphs: [] };
	const helper = helperText(text);
	return helper && { ...word, ...helper };
}

/** The macro's definition as it is written. */
function macroText(analysis: Analysis, name: string): string {
	const macro = analysis.checked.preprocessed.macros.get(name);
	if (!macro) return name;
	const { locations } = analysis.checked;
	const place = locations.spelled(macro.at);
	const { text, base } = locations.file(place);
	const start = place - base;
	let end = text.indexOf("\n", start);
	while (end > 0 && text[end - 1] === "\\") end = text.indexOf("\n", end + 1);
	const whole = end < 0 ? text.slice(start) : text.slice(start, end);
	return `#define ${whole.slice(0, 400).trimEnd()}`;
}

export interface Definition {
	readonly span: Span;
	/** Text of the file, for headers that are not files of the project. */
	readonly text: string;
	readonly system: boolean;
}

/** Where the name at an offset is declared; of an `#include`, the header. */
export function definitionAt(
	analysis: Analysis,
	file: string,
	offset: number,
): Definition | undefined {
	const { locations, preprocessed } = analysis.checked;
	const header = includedAt(analysis, file, offset);
	if (header) return header;
	const named = nameAt(analysis, file, offset);
	if (!named) return undefined;
	const at = named.target?.at ?? preprocessed.macros.get(named.text)?.at;
	if (at === undefined) return undefined;
	const place = locations.spelled(at);
	const { text, system } = locations.file(place);
	return { span: locations.span(place, named.text.length), text, system };
}

function includedAt(analysis: Analysis, file: string, offset: number): Definition | undefined {
	const source = analysis.checked.locations.files.find((f) => f.name === file);
	if (!source) return undefined;
	const start = source.text.lastIndexOf("\n", offset - 1) + 1;
	const line = source.text.slice(start, source.text.indexOf("\n", start) >>> 0);
	const name = /^\s*#\s*include\s*[<"]([^>"]+)[>"]/.exec(line)?.[1];
	const header =
		name &&
		analysis.checked.locations.files.find((f) => f.name === name || f.name.endsWith(`/${name}`));
	if (!header) return undefined;
	const span = { file: header.name, start: 0, end: 0, line: 1, column: 1 };
	return { span, text: header.text, system: header.system };
}

/** All places in the project's files that name the same thing. */
export function usesAt(analysis: Analysis, file: string, offset: number): Span[] {
	const named = nameAt(analysis, file, offset);
	return named?.target ? placesOf(analysis, named.target, named.text) : [];
}

/** The edits that give the thing at an offset another name; or why it cannot have it. */
export function renameAt(
	analysis: Analysis,
	file: string,
	offset: number,
	name: string,
): { readonly edits: readonly TextEdit[] } | { readonly error: string } {
	if (!/^[A-Za-z_]\w*$/.test(name)) return { error: `${name} is no name in C` };
	const named = nameAt(analysis, file, offset);
	if (!named?.target) return { error: "There is nothing here that could be renamed." };
	const { locations } = analysis.checked;
	if (locations.file(locations.spelled(named.target.at)).system)
		return { error: `${named.text} is declared in a header that is built in.` };
	const spans = placesOf(analysis, named.target, named.text);
	return { edits: spans.map((span) => ({ span, text: name })) };
}

export interface OutlineItem {
	readonly name: string;
	readonly kind: "function" | "variable" | "map" | "type";
	readonly detail: string;
	readonly span: Span;
}

/** Functions, variables, maps and types that a file declares, in order. */
export function outline(analysis: Analysis, file: string): OutlineItem[] {
	const { unit, locations } = analysis.checked;
	const items: OutlineItem[] = [];
	const add = (thing: Target, name: string, kind: OutlineItem["kind"], detail: string) => {
		const place = locations.used(thing.at);
		if (name === "" || locations.file(place).name !== file) return;
		items.push({ name, kind, detail, span: locations.span(place, name.length) });
	};
	for (const f of unit.functions) if (f.body) add(f, f.name, "function", functionText(f));
	for (const v of unit.variables) {
		const map = v.attributes.section === ".maps" || v.attributes.section === "maps";
		if (!v.name.includes(".")) add(v, v.name, map ? "map" : "variable", typeText(v.type, v.name));
	}
	for (const r of unit.records) add(r, r.name, "type", r.union ? "union" : "struct");
	return items.sort((a, b) => a.span.start - b.span.start);
}
