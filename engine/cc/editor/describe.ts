// What an editor says of a name: its declaration in C, size and offset, and what the kernel's tables know of it.

import { type Helper, helperByName } from "../../abi/index.ts";
import {
	type CFunction,
	type CType,
	canonical,
	isComplete,
	type Member,
	type RecordTag,
	sizeOf,
	type TypedefName,
	typeText,
	type Variable,
} from "../ast/index.ts";
import type { Enumerator, Target } from "../check/index.ts";
import type { Analysis } from "./analysis.ts";

export interface Description {
	/** One line of C. */
	readonly title: string;
	readonly paragraphs: readonly string[];
}

const MEMBERS_SHOWN = 24;

export function describeName(analysis: Analysis, target: Target, name: string): Description {
	if (isFunction(target)) return { title: functionText(target), paragraphs: [] };
	if (isVariable(target)) return variable(target, name);
	if (isEnumerator(target)) return { title: `${name} = ${target.value}`, paragraphs: [] };
	if (isMember(target)) return member(analysis, target);
	if (isRecord(target)) return { title: recordText(target), paragraphs: sizeText(target) };
	if (isTypedef(target))
		return {
			title: `typedef ${typeText(target.type, target.name)}`,
			paragraphs: typeSize(target.type),
		};
	return { title: name, paragraphs: [] };
}

/** The helper behind a name such as `bpf_map_lookup_elem`. */
export function helperText(name: string): Description | undefined {
	const helper = name.startsWith("bpf_") ? helperByName(name) : undefined;
	return helper && { title: helper.signature, paragraphs: helperParagraphs(helper) };
}

function helperParagraphs(helper: Helper): string[] {
	return [helper.doc, `Helper ${helper.id}, since Linux ${helper.since}.`];
}

function variable(target: Variable, name: string): Description {
	const helper = helperText(name);
	if (helper) return helper;
	const storage =
		target.storage === "static" || target.storage === "extern" ? `${target.storage} ` : "";
	const { section } = target.attributes;
	return {
		title: `${storage}${typeText(target.type, name)}`,
		paragraphs: [...typeSize(target.type), ...(section ? [`In section ${section}.`] : [])],
	};
}

function typeSize(type: CType): string[] {
	if (canonical(type).kind === "function" || !isComplete(type)) return [];
	return [`${bytes(sizeOf(type))}.`];
}

function bytes(n: number): string {
	return n === 1 ? "1 byte" : `${n} bytes`;
}

function sizeText(tag: RecordTag): string[] {
	return tag.complete ? [`${bytes(tag.size)}, aligned to ${tag.align}.`] : [];
}

function recordText(tag: RecordTag): string {
	const head = `${tag.union ? "union" : "struct"} ${tag.name}`.trimEnd();
	if (!tag.complete) return `${head};`;
	const shown = tag.members.slice(0, MEMBERS_SHOWN).map((m) => `\t${memberText(m)};`);
	const rest = tag.members.length - shown.length;
	if (rest > 0) shown.push(`\t/* ${rest} more */`);
	return `${head} {\n${shown.join("\n")}\n}`;
}

function memberText(m: Member): string {
	const text = typeText(m.type, m.name);
	return m.bitSize === undefined ? text : `${text} : ${m.bitSize}`;
}

function member(analysis: Analysis, target: Member): Description {
	const owner = analysis.checked.unit.records.find((r) => r.members.includes(target));
	const where = owner?.name ? ` in ${owner.union ? "union" : "struct"} ${owner.name}` : "";
	const place =
		target.bitOffset === undefined
			? `Offset ${target.offset}${where}.`
			: `Bit ${target.bitOffset}, ${target.bitSize} bits wide${where}.`;
	return { title: memberText(target), paragraphs: [place, ...typeSize(target.type)] };
}

export function functionText(f: CFunction): string {
	const type = canonical(f.type);
	if (type.kind !== "function") return typeText(f.type, f.name);
	const params = type.params.map((p, i) => typeText(p.type, p.name || (f.params[i]?.name ?? "")));
	if (type.variadic) params.push("...");
	return typeText(type.returns, `${f.name}(${params.join(", ") || "void"})`);
}

function isFunction(t: Target): t is CFunction {
	return "params" in t;
}

function isVariable(t: Target): t is Variable {
	return "storage" in t && !("params" in t);
}

function isEnumerator(t: Target): t is Enumerator {
	return "value" in t && typeof t.value === "bigint";
}

function isMember(t: Target): t is Member {
	return "offset" in t && "index" in t;
}

function isRecord(t: Target): t is RecordTag {
	return "members" in t;
}

function isTypedef(t: Target): t is TypedefName {
	return "type" in t && "name" in t && "declTags" in t && !("storage" in t) && !("offset" in t);
}
