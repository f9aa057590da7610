// Functions of an object by section, from its symbols, and what BTF says beside them: records by function, exception callbacks.

import type { Btf, ExtSection } from "../btf/index.ts";
import { INSN_SIZE } from "../isa/index.ts";
import type { Relocatable, SectionData } from "../object/index.ts";

/** A function in a code section; `start` and `end` are instruction slots of the section. */
export interface ElfFunction {
	readonly name: string;
	readonly section: number;
	readonly start: number;
	readonly end: number;
	readonly local: boolean;
	/** STV_HIDDEN: the verifier sees it as static. */
	readonly hidden: boolean;
}

/** The functions of each section, ordered by where they begin. */
export function functionsBySection(object: Relocatable): ReadonlyMap<number, ElfFunction[]> {
	const all = new Map<number, ElfFunction[]>();
	for (const symbol of object.symbols) {
		const section = symbol.section === undefined ? undefined : object.sections[symbol.section];
		if (symbol.section === undefined || section?.kind !== "code" || symbol.kind !== "function")
			continue;
		const start = symbol.value / INSN_SIZE;
		const end = Math.min(symbol.value + symbol.size, section.bytes.length) / INSN_SIZE;
		if (!Number.isInteger(start) || !Number.isInteger(end) || end <= start) continue;
		const rows = all.get(symbol.section) ?? [];
		rows.push({
			name: symbol.name,
			section: symbol.section,
			start,
			end,
			local: symbol.binding === "local",
			hidden: symbol.hidden ?? false,
		});
		all.set(symbol.section, rows);
	}
	for (const rows of all.values()) rows.sort((a, b) => a.start - b.start);
	return all;
}

/** Records of a section that lie in a function: those from the first at or after `start` to the last before `end`. */
export function recordsOf<K extends "functions" | "lines" | "relocations">(
	ext: ReadonlyMap<string, ExtSection>,
	section: SectionData | undefined,
	{ start, end }: ElfFunction,
	part: K,
): { readonly record: ExtSection[K][number]; readonly number: number }[] {
	const records: readonly ExtSection[K][number][] = ext.get(section?.name ?? "")?.[part] ?? [];
	const found: { record: ExtSection[K][number]; number: number }[] = [];
	for (const [number, record] of records.entries())
		if (record.insn >= start && record.insn < end) found.push({ record, number });
	return found;
}

const CALLBACK = "exception_callback:";

/** Name of the function that `__exception_cb` gives a program; a program with several tags is left to the verifier. */
export function exceptionCallback(btf: Btf | undefined, program: string): string | undefined {
	const names = (btf?.types ?? []).flatMap((tag) => {
		if (tag.kind !== "decl_tag" || tag.component !== -1 || !tag.name.startsWith(CALLBACK))
			return [];
		const owner = btf?.types[tag.type];
		const mine = owner?.kind === "func" && owner.linkage === "global" && owner.name === program;
		return mine ? [tag.name.slice(CALLBACK.length)] : [];
	});
	return names.length === 1 ? names[0] : undefined;
}
