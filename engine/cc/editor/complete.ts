// What could stand at a place of a C file. The name there is taken for a probe that the checker meets: it then knows the record whose
// member is asked for, or the names in scope. Includes and directives are told by the line.

import { type CType, type RecordTag, recordOf, typeText } from "../ast/index.ts";
import type { Entity, Probe, TagEntity } from "../check/index.ts";
import type { CompileOptions } from "../compile.ts";
import type { SourceText } from "../lex/index.ts";
import { type Analysis, analyse, wordAt } from "./analysis.ts";
import { functionText, helperText } from "./describe.ts";

export type CompletionKind =
	| "member"
	| "variable"
	| "function"
	| "constant"
	| "type"
	| "macro"
	| "keyword"
	| "header";

export interface Completion {
	readonly label: string;
	readonly kind: CompletionKind;
	readonly detail?: string;
	readonly doc?: string;
	/** What is put in, when it is not the label. */
	readonly insert?: string;
}

export interface Completions {
	/** What the chosen text replaces: offsets into the source. */
	readonly from: number;
	readonly to: number;
	readonly items: readonly Completion[];
	/** There are more than are listed: ask again when more is typed. */
	readonly more: boolean;
}

const MOST = 400;
const PROBE = "__skep_probe";

const keywords =
	"auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof static struct switch typedef union unsigned void volatile while _Bool _Static_assert typeof __attribute__".split(
		" ",
	);
const directives =
	"include embed define undef if ifdef ifndef elif else endif pragma error warning line".split(" ");

/** Options of a compilation, with the names of headers that it may include. */
export interface CompletionOptions extends CompileOptions {
	readonly headers: readonly string[];
}

export function completionsAt(
	main: SourceText,
	offset: number,
	options: CompletionOptions,
): Completions {
	const word = wordAt(main.text, offset) ?? { start: offset, end: offset };
	const line = main.text.slice(main.text.lastIndexOf("\n", offset - 1) + 1, offset);
	const include = /^\s*#\s*include\s*(<|")([^>"]*)$/.exec(line);
	if (include) return headers(include[2] ?? "", offset, options.headers);
	const directive = /^\s*#\s*(\w*)$/.exec(line);
	if (directive)
		return {
			from: offset - (directive[1]?.length ?? 0),
			to: word.end,
			items: directives.map((label) => ({ label, kind: "keyword" })),
			more: false,
		};
	return names(main, word, offset, options);
}

function headers(typed: string, offset: number, all: readonly string[]): Completions {
	const items = all
		.filter((name) => name.startsWith(typed) || typed === "")
		.map((label): Completion => ({ label, kind: "header" }));
	return {
		from: offset - typed.length,
		to: offset,
		items: items.slice(0, MOST),
		more: items.length > MOST,
	};
}

function names(
	main: SourceText,
	word: { start: number; end: number },
	offset: number,
	options: CompletionOptions,
): Completions {
	const before = main.text.slice(0, word.start);
	const text = (end: string) => `${before}${PROBE}${end}${main.text.slice(word.end)}`;
	const typed = main.text.slice(word.start, offset).toLowerCase();
	const found: Completion[] = [];
	let answered = false;
	const probe: Probe = {
		name: PROBE,
		members(tag) {
			if (!answered) found.push(...membersOf(tag));
			answered = true;
		},
		names(visible, nameOf) {
			if (answered) return;
			answered = true;
			visible.ordinary.forEach((entity, id) => {
				if (entity) found.push(entityItem(entity, nameOf(id)));
			});
		},
		tags(visible, nameOf) {
			if (answered) return;
			answered = true;
			visible.tags.forEach((tag, id) => {
				if (tag) found.push(tagItem(tag, nameOf(id)));
			});
		},
	};
	let analysis = analyse({ ...main, text: text("") }, { ...options, probe });
	// The arguments of a macro are seen when they are closed.
	const open = openBrackets(before);
	if (!answered && open > 0)
		analysis = analyse({ ...main, text: text(`${")".repeat(open)};`) }, { ...options, probe });
	const members = found.length > 0 && found.every((c) => c.kind === "member");
	if (!members) found.push(...macros(analysis), ...(answered ? keywordItems() : []));
	// Behind `->` and `.` stands a member, or nothing that is known.
	const behind = /(?:->|[\w)\]]\s*\.)\s*$/.test(before);
	const fitting = ranked(behind ? found.filter((c) => c.kind === "member") : found, typed);
	return {
		from: word.start,
		to: word.end,
		items: fitting.slice(0, MOST),
		more: fitting.length > MOST,
	};
}

/** Round brackets of the statement at the end of a text that are not closed. */
function openBrackets(text: string): number {
	let open = 0;
	for (let at = text.length - 1, closed = 0; at >= 0; at--) {
		const c = text[at];
		if (c === ")") closed++;
		else if (c === "(" && closed > 0) closed--;
		else if (c === "(") open++;
		else if (closed === 0 && (c === ";" || c === "{" || c === "}")) break;
	}
	return open;
}

/** Those that hold what is typed, the ones that begin with it first; names that start with two underscores last. */
function ranked(all: readonly Completion[], typed: string): Completion[] {
	const rank = (c: Completion) => {
		const label = c.label.toLowerCase();
		if (!label.includes(typed)) return -1;
		const begins = label.startsWith(typed) ? 0 : 4;
		return begins + (label.startsWith("__") && !typed.startsWith("_") ? 2 : 0);
	};
	return all
		.map((c) => ({ c, r: rank(c) }))
		.filter(({ r, c }) => r >= 0 && c.label !== PROBE)
		.sort((a, b) => a.r - b.r)
		.map(({ c }) => c);
}

function keywordItems(): Completion[] {
	return keywords.map((label) => ({ label, kind: "keyword" }));
}

function membersOf(tag: RecordTag): Completion[] {
	return tag.members.flatMap((m): Completion[] => {
		const inner = m.name === "" && m.bitSize === undefined ? recordOf(m.type) : undefined;
		if (inner) return membersOf(inner);
		if (m.name === "") return [];
		const detail =
			m.bitSize === undefined ? typeText(m.type) : `${typeText(m.type)} : ${m.bitSize}`;
		return [{ label: m.name, kind: "member", detail, doc: `Offset ${m.offset}.` }];
	});
}

function entityItem(entity: Entity, label: string): Completion {
	switch (entity.kind) {
		case "function":
			return { label, kind: "function", detail: functionText(entity.function) };
		case "typedef":
			return { label, kind: "type", detail: typeText(entity.typedef.type) };
		case "enumerator":
			return { label, kind: "constant", detail: `${entity.enumerator.value}` };
		case "variable": {
			const helper = helperText(label);
			if (!helper) return { label, kind: "variable", detail: shortType(entity.variable.type) };
			return { label, kind: "function", detail: helper.title, doc: helper.paragraphs.join("\n\n") };
		}
	}
}

function shortType(type: CType): string {
	const text = typeText(type);
	return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function tagItem(entity: TagEntity, label: string): Completion {
	const size = entity.kind === "record" && entity.tag.complete ? `${entity.tag.size} bytes` : "";
	return { label, kind: "type", detail: size };
}

function macros({ checked }: Analysis): Completion[] {
	return [...checked.preprocessed.macros.values()].map((m): Completion => {
		const detail = m.parameters
			? `${m.name}(${m.parameters.join(", ")}${m.variadic ? "…" : ""})`
			: "macro";
		return { label: m.name, kind: "macro", detail };
	});
}
