// What an editor asks about a place in assembly text: what could stand here, what is this, where is it defined. Plain data.

import {
	helperByName,
	helpers,
	mapType,
	mapTypes,
	progType,
	type Struct,
	sectionRules,
	structNamed,
} from "../abi/index.ts";
import type { Span } from "../base/index.ts";
import { codeOf, INSTRUCTIONS, rowAt } from "../isa/index.ts";
import { type Assembly, analyse } from "./assemble.ts";
import { constant, constantNames } from "./constants.ts";
import { directiveDocs } from "./directive.ts";
import type { Item } from "./item.ts";
import { keywordNames } from "./llvm.ts";
import { macroNames } from "./macro.ts";
import { mapKeys } from "./mapdecl.ts";
import { mnemonics, rowsOf } from "./mnemonic.ts";
import { spanOf, type Token } from "./token.ts";

export type CompletionKind =
	| "instruction"
	| "register"
	| "helper"
	| "label"
	| "map"
	| "directive"
	| "constant"
	| "section"
	| "type";

export interface Completion {
	readonly label: string;
	readonly kind: CompletionKind;
	/** One line: a prototype, a value, a formula. */
	readonly detail?: string;
	readonly doc?: string;
}

export interface Completions {
	/** What the chosen text replaces: offsets into the source. */
	readonly from: number;
	readonly to: number;
	readonly items: readonly Completion[];
}

/** What could stand at `offset`, best first within each kind. Not filtered by what is typed already. */
export function completions(source: string, offset: number): Completions {
	const lineStart = source.lastIndexOf("\n", offset - 1) + 1;
	const before = source.slice(lineStart, offset);
	const word = /[A-Za-z_.$][\w.$]*$/.exec(before)?.[0] ?? "";
	const after = /^[\w.$]*/.exec(source.slice(offset))?.[0] ?? "";
	const lead = before.slice(0, before.length - word.length).replace(/^\s*(?:[\w.$]+:\s*)*/, "");
	const range = { from: offset - word.length, to: offset + after.length };
	return { ...range, items: itemsAfter(lead, word, () => analyse(source, "")) };
}

function itemsAfter(lead: string, word: string, assembly: () => Assembly): Completion[] {
	const struct = structNamed(word.slice(0, Math.max(word.indexOf("."), 0)));
	if (struct) return fieldItems(struct);
	const statement = (lead.split(";").at(-1) ?? lead).trimStart();
	if (/^\.section\s+$/.test(statement)) return sectionItems();
	if (/^\.map\s/.test(statement)) return mapItems(statement);
	if (/^\.(globl|global|type)\s+$/.test(statement)) return labelItems(assembly(), "code");
	if (statement === "") return word.startsWith(".") ? directiveItems() : statementItems(word);
	if (/^call(\s+local)?\s+$/.test(statement))
		return [...labelItems(assembly(), "code"), ...helperItems()];
	if (/(^|\s)(goto|gotol|may_goto|ja|ja32)\s+$/.test(statement))
		return labelItems(assembly(), "code");
	if (/^js?[a-z]+(32)?\s.*,.*,\s*$/.test(statement)) return labelItems(assembly(), "code");
	return operandItems(assembly());
}

function fieldItems(struct: Struct): Completion[] {
	return struct.fields.map((field) => ({
		label: `${struct.name}.${field.name}`,
		kind: "constant",
		detail: `${field.type}, offset ${field.offset}, ${field.size} bytes`,
	}));
}

function sectionItems(): Completion[] {
	return sectionRules.map(({ pattern, type }) => ({
		label: pattern.replace("+", ""),
		kind: "section",
		detail: type,
		doc: progType(type).doc,
	}));
}

function mapItems(statement: string): Completion[] {
	if (/type\s*=\s*$/.test(statement))
		return mapTypes.flatMap((t) =>
			t && t.id !== 0 ? [{ label: t.name, kind: "type" as const, doc: t.doc }] : [],
		);
	if (/,\s*$/.test(statement)) return mapKeys.map((label) => ({ label, kind: "constant" }));
	return constantItems();
}

function directiveItems(): Completion[] {
	return Object.entries(directiveDocs).map(([label, detail]) => ({
		label,
		kind: "directive",
		detail,
	}));
}

function statementItems(word: string): Completion[] {
	if (word.startsWith("BPF_")) return macroNames.map((label) => ({ label, kind: "instruction" }));
	const names = [...keywordNames, ...mnemonics().filter((m) => !m.includes(" "))];
	return [
		...registerItems(),
		...[...new Set(names)].map((label): Completion => {
			const row = rowsOf(label)[0] ?? INSTRUCTIONS.find((r) => r.op === label);
			return { label, kind: "instruction", ...(row ? { detail: row.doc } : {}) };
		}),
	];
}

function registerItems(): Completion[] {
	const registers: Completion[] = [];
	for (let i = 0; i <= 10; i++)
		registers.push({ label: `r${i}`, kind: "register", detail: roleOf(i) });
	for (let i = 0; i <= 9; i++)
		registers.push({ label: `w${i}`, kind: "register", detail: `lower half of r${i}` });
	return registers;
}

function roleOf(register: number): string {
	if (register === 0) return "return value of calls and of the program";
	if (register === 1) return "first argument; the context when the program starts";
	if (register <= 5) return `argument ${register} of calls; lost by a call`;
	if (register <= 9) return "kept over calls";
	return "frame pointer, read-only; the stack is the 512 bytes below";
}

function helperItems(): Completion[] {
	return helpers.map((h) => ({ label: h.name, kind: "helper", detail: h.signature, doc: h.doc }));
}

function labelItems({ unit }: Assembly, kind: "code" | "data"): Completion[] {
	return [...unit.labels.values()]
		.filter((l) => l.section.kind === kind)
		.map((l) => ({ label: l.name, kind: "label", detail: `in ${l.section.name}` }));
}

function constantItems(): Completion[] {
	return constantNames().map(({ name, group }) => ({
		label: name,
		kind: "constant",
		detail: `${constant(name) ?? ""}: ${group}`,
	}));
}

function operandItems(assembly: Assembly): Completion[] {
	const { unit } = assembly;
	return [
		...registerItems(),
		...[...unit.maps.values()].map(
			(m): Completion => ({ label: m.token.text, kind: "map", detail: mapLine(m.spec) }),
		),
		...labelItems(assembly, "data"),
		...[...unit.equations.keys()].map((label): Completion => ({ label, kind: "constant" })),
		...constantItems(),
	];
}

function mapLine(spec: {
	type: number;
	keySize: number;
	valueSize: number;
	maxEntries: number;
}): string {
	const type = mapType(spec.type)?.name ?? `type ${spec.type}`;
	return `${type}, key ${spec.keySize} bytes, value ${spec.valueSize} bytes, at most ${spec.maxEntries} entries`;
}

export interface Hover {
	/** What the texts are about. */
	readonly span: Span;
	/** Title, then paragraphs. */
	readonly title: string;
	readonly paragraphs: readonly string[];
}

/** What stands at `offset`; undefined for white space, comments and plain numbers. */
export function hover(source: string, offset: number, file = ""): Hover | undefined {
	const assembly = analyse(source, file);
	const token = tokenAt(assembly, offset);
	if (!token || token.kind === "end") return undefined;
	const span = spanOf(file, token);
	const named = token.kind === "name" ? aboutName(assembly, token) : undefined;
	if (named) return { span, ...named };
	return aboutInstruction(assembly, token, span);
}

function tokenAt({ lexed }: Assembly, offset: number): Token | undefined {
	const holds = (t: Token) => t.kind !== "end" && t.start <= offset && offset <= t.end;
	const found = lexed.tokens.filter(holds);
	return found.find((t) => t.kind === "name") ?? found.at(-1);
}

type Texts = Pick<Hover, "title" | "paragraphs">;

function aboutName({ unit }: Assembly, token: Token): Texts | undefined {
	const { text } = token;
	const map = unit.maps.get(text);
	if (map) return { title: `map ${text}`, paragraphs: [mapLine(map.spec)] };
	const label = unit.labels.get(text);
	if (label) {
		const unitName = label.section.kind === "code" ? "slot" : "byte";
		const paragraphs = [`${unitName} ${label.offset} of section ${label.section.name}`];
		return { title: `label ${text}`, paragraphs };
	}
	if (unit.equations.has(text)) {
		const value = unit.lookup(token)?.value;
		return { title: text, paragraphs: value === undefined ? [] : [both(value)] };
	}
	const helper = helperByName(text);
	if (helper && text.startsWith("bpf_"))
		return {
			title: helper.signature,
			paragraphs: [helper.doc, `Helper ${helper.id}, since Linux ${helper.since}.`],
		};
	if (Object.hasOwn(directiveDocs, text))
		return { title: text, paragraphs: [directiveDocs[text] ?? ""] };
	const register = /^[rRwW](\d+)$/.exec(text);
	if (register) {
		const number = Number(register[1]);
		const half = /^w/i.test(text) ? ["The lower 32 bits; writing them clears the upper ones."] : [];
		return { title: text, paragraphs: [roleOf(number), ...half] };
	}
	const value = constant(text);
	return value === undefined ? undefined : { title: text, paragraphs: [both(value)] };
}

function both(value: bigint): string {
	const hex = BigInt.asUintN(64, value).toString(16);
	return `${value} (0x${hex})`;
}

function aboutInstruction({ unit }: Assembly, token: Token, at: Span): Hover | undefined {
	for (const section of unit.sections.values())
		for (const item of section.items) {
			const { start, end } = item.span;
			if (token.start < start || token.end > end) continue;
			const code = codeOf(slotsOfItem(item));
			const row = rowAt(code, 0);
			if (!row) continue;
			const since = row.since === undefined ? "Not in Linux 6.18." : `Since Linux ${row.since}.`;
			return {
				span: token.kind === "name" ? at : item.span,
				title: row.mnemonic,
				paragraphs: [row.doc, `Group ${row.group}. ${since}`],
			};
		}
	return undefined;
}

function slotsOfItem(item: Item) {
	const { opcode, dst, src, off, imm } = item;
	const none = { opcode: 0, dst: 0, src: 0, off: 0 };
	return [
		{ opcode, dst, src, off, imm },
		...(item.next === undefined ? [] : [{ ...none, imm: item.next }]),
	];
}

/** Where the name at `offset` is defined: a label (numeric ones too), map or constant. */
export function definition(source: string, offset: number, file = ""): Span | undefined {
	const assembly = analyse(source, file);
	const token = tokenAt(assembly, offset);
	if (!token) return undefined;
	if (token.kind === "local") return localDefinition(assembly, token, file);
	if (token.kind !== "name") return undefined;
	const { unit } = assembly;
	const found =
		unit.labels.get(token.text)?.token ??
		unit.maps.get(token.text)?.token ??
		unit.equations.get(token.text)?.token;
	return found && spanOf(file, found);
}

function localDefinition({ lexed }: Assembly, token: Token, file: string): Span | undefined {
	const number = token.text.slice(0, -1);
	const labels = lexed.tokens.filter(
		(t, i) => t.kind === "number" && t.text === number && lexed.tokens[i + 1]?.text === ":",
	);
	const found = token.text.endsWith("b")
		? labels.findLast((t) => t.start < token.start)
		: labels.find((t) => t.start > token.start);
	return found && spanOf(file, found);
}
