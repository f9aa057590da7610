// BTF of several objects → BTF and `.BTF.ext` of one: types put one after the other, one type for each global symbol, sections
// listed anew, duplicates removed.

import type { Outcome } from "../base/index.ts";
import {
	type Btf,
	BtfBuilder,
	type BtfType,
	dedupBtf,
	type EncodableType,
	type ExtRecords,
	encodeBtfExt,
	extRecords,
	remap,
} from "../btf/index.ts";
import { isGlobal, isShared, type Source, VAR_EXTERN, VAR_GLOBAL } from "./input.ts";
import type { Place, Sections } from "./sections.ts";
import type { Global, Symbols } from "./symbols.ts";

interface Variable {
	type: number;
	readonly offset: number;
	size: number;
}

/** Gathers the types of the objects, in order. */
export class Types {
	readonly #types: BtfType[] = [{ kind: "void" }];
	readonly #sections: Sections;
	readonly #symbols: Symbols;
	/** Type of each global symbol in the result. */
	readonly #globals = new Map<string, number>();
	/** Variables by the name of their section. */
	readonly #variables = new Map<string, Map<number, Variable>>();
	/** Names of sections by first appearance, those that only BTF knows among them. */
	readonly #names = new Set<string>();
	readonly #records: ExtRecords[] = [];
	readonly #maps = new Map<Source, readonly number[]>();

	constructor(sections: Sections, symbols: Symbols) {
		this.#sections = sections;
		this.#symbols = symbols;
	}

	append(source: Source, places: readonly Place[], indexes: readonly number[]): void {
		const map = this.#appendTypes(source);
		this.#maps.set(source, map);
		for (const section of source.object.sections) this.#names.add(section.name);
		for (const type of source.btf.types)
			if (type.kind === "datasec") this.#appendSection(source, type, { map, places, indexes });
		for (const section of source.ext) {
			const at = source.object.sections.findIndex((s) => s.name === section.section);
			const place = places[at];
			if (place && !place.skipped)
				this.#records.push(moved(extRecords(section, source.btf), place.offset / 8, map));
		}
	}

	/** Gives the new id of each type of the object; 0 for those that the result does not need. */
	#appendTypes(source: Source): readonly number[] {
		const { btf } = source;
		const map = new Array<number>(btf.types.length).fill(0);
		const start = this.#types.length;
		btf.types.forEach((type, id) => {
			if (type.kind === "void" || type.kind === "datasec") return;
			if (isGlobal(type)) {
				if (!this.#symbols.globals.has(type.name)) return;
				const known = this.#globals.get(type.name);
				if (known !== undefined) {
					map[id] = known;
					return;
				}
				this.#globals.set(type.name, this.#types.length);
			}
			map[id] = this.#types.push(type) - 1;
		});
		for (let id = start; id < this.#types.length; id++) {
			const type = this.#types[id];
			if (type) this.#types[id] = remap(type, (to) => map[to] ?? 0);
		}
		return map;
	}

	#appendSection(source: Source, type: BtfType & { kind: "datasec" }, at: Appended): void {
		const index = source.object.sections.findIndex((s) => s.name === type.name);
		const place = at.places[index];
		if (place?.skipped || (isShared(type.name) && this.#variables.has(type.name))) return;
		this.#names.add(type.name);
		const list = this.#variables.get(type.name) ?? new Map<number, Variable>();
		this.#variables.set(type.name, list);
		for (const v of type.vars) {
			const variable = source.btf.types[v.type];
			const id = at.map[v.type] ?? 0;
			if (!variable || id === 0) continue;
			const offset = this.#offset(source, variable, v.offset, { place, index, at });
			if (offset === undefined) continue;
			const known = list.get(id);
			if (known) known.size = Math.max(known.size, v.size);
			else list.set(id, { type: id, offset, size: v.size });
		}
	}

	/** Where a variable stands in the section of the result; undefined when the symbol is defined elsewhere. */
	#offset(
		source: Source,
		variable: BtfType,
		offset: number,
		{ place, index, at }: { place: Place | undefined; index: number; at: Appended },
	): number | undefined {
		if (!isGlobal(variable)) return (place?.offset ?? 0) + offset;
		const { symbols } = source.object;
		const own = symbols.findIndex((s) => s.name === variable.name && s.binding !== "local");
		const result = this.#symbols.all[at.indexes[own] ?? -1];
		if (result?.section === undefined) return 0;
		const section = this.#sections.all[result.section]?.name;
		if (place ? result.section !== place.out : section !== source.object.sections[index]?.name)
			return section === this.#datasecName(source, variable.name) ? result.value : undefined;
		return result.value;
	}

	#datasecName(source: Source, name: string): string | undefined {
		return source.globals.get(name)?.section;
	}

	/** Encodes what has been gathered. */
	finish(bigEndian: boolean): Outcome<{ btf: Uint8Array; btfExt?: Uint8Array }> {
		for (const global of this.#symbols.globals.values()) this.#settle(global);
		for (const name of this.#names) {
			const vars = [...(this.#variables.get(name)?.values() ?? [])];
			const at = this.#sections.find(name);
			if (!this.#variables.has(name) || (vars.length === 0 && at === undefined)) continue;
			const size = at === undefined ? 0 : (this.#sections.all[at]?.size ?? 0);
			vars.sort((a, b) => a.offset - b.offset);
			this.#types.push({ kind: "datasec", name, size, vars });
		}
		const all: Btf = { types: this.#types, firstId: 1, string: () => "", stringLength: 1 };
		const once = dedupBtf(all);
		if (!once.value) return { diagnostics: once.diagnostics };
		const { types, map } = once.value;
		const builder = new BtfBuilder({ bigEndian });
		for (const type of types) if (isEncodable(type)) builder.add(type);
		const records = this.#records.map((r) => moved(r, 0, map));
		const ext = records.length
			? encodeBtfExt(grouped(records), builder.strings, { bigEndian })
			: undefined;
		return {
			value: { btf: builder.bytes(), ...(ext ? { btfExt: ext } : {}) },
			diagnostics: [],
		};
	}

	/** The type of a symbol is that of its definition, whichever object came first. */
	#settle({ name, index, owner, type }: Global): void {
		const id = this.#globals.get(name);
		const map = this.#maps.get(owner);
		const own = type && owner.btf.types[type.id];
		if (id === undefined || !map || !own) return;
		const defined = this.#symbols.all[index]?.section !== undefined;
		const to = remap(own, (old) => map[old] ?? 0);
		if (to.kind === "var") this.#types[id] = { ...to, linkage: defined ? VAR_GLOBAL : VAR_EXTERN };
		else if (to.kind === "func")
			this.#types[id] = { ...to, linkage: defined ? "global" : "extern" };
	}
}

interface Appended {
	readonly map: readonly number[];
	readonly places: readonly Place[];
	readonly indexes: readonly number[];
}

function isEncodable(type: BtfType): type is EncodableType {
	return type.kind !== "void";
}

/** Records `slots` further on, with other type ids. */
function moved(records: ExtRecords, slots: number, map: readonly number[]): ExtRecords {
	const shift = <T extends { readonly insn: number }>(r: T) => ({ ...r, insn: r.insn + slots });
	const typed = <T extends { readonly insn: number; readonly typeId: number }>(r: T) => ({
		...shift(r),
		typeId: map[r.typeId] ?? 0,
	});
	return {
		section: records.section,
		functions: (records.functions ?? []).map(typed),
		lines: (records.lines ?? []).map(shift),
		relocations: (records.relocations ?? []).map(typed),
	};
}

/** Records of the same section together. */
function grouped(records: readonly ExtRecords[]): ExtRecords[] {
	const groups = new Map<string, ExtRecords>();
	for (const r of records) {
		const before = groups.get(r.section);
		groups.set(r.section, {
			section: r.section,
			functions: [...(before?.functions ?? []), ...(r.functions ?? [])],
			lines: [...(before?.lines ?? []), ...(r.lines ?? [])],
			relocations: [...(before?.relocations ?? []), ...(r.relocations ?? [])],
		});
	}
	return [...groups.values()];
}
