// Symbols of several objects → symbols of one: globals of the same name become one symbol, by the rules of strong, weak and extern
// definitions; static ones stay apart.

import type { Diagnostic } from "../base/index.ts";
import type { SymbolData } from "../object/index.ts";
import { difference, mapDifference } from "./compatible.ts";
import { type GlobalType, isDefined, isShared, linkError, type Source } from "./input.ts";
import type { OutSection, Place } from "./sections.ts";

/** A global symbol of the result. */
export interface Global {
	readonly name: string;
	/** Its place among the symbols of the result. */
	readonly index: number;
	/** The object whose definition holds, or the first that asks for it. */
	owner: Source;
	/** The type that the owner gives it. */
	type: GlobalType | undefined;
}

const MAPS = ".maps";

export class Symbols {
	readonly all: SymbolData[] = [];
	readonly globals = new Map<string, Global>();
	readonly #sections = new Map<number, number>();

	/** Adds the symbols of an object; gives the index in the result of each of them. */
	append(
		source: Source,
		places: readonly Place[],
		out: readonly OutSection[],
	): readonly number[] | Diagnostic {
		const indexes: number[] = [];
		for (const symbol of source.object.symbols) {
			const index = this.#append(source, symbol, places, out);
			if (typeof index !== "number") return index;
			indexes.push(index);
		}
		return indexes;
	}

	/** Index of the section symbol of a section of the result. */
	section(out: number, name: string): number {
		const known = this.#sections.get(out);
		if (known !== undefined) return known;
		const symbol: SymbolData = {
			name,
			section: out,
			value: 0,
			size: 0,
			kind: "section",
			binding: "local",
		};
		const index = this.all.push(symbol) - 1;
		this.#sections.set(out, index);
		return index;
	}

	#append(
		source: Source,
		symbol: SymbolData,
		places: readonly Place[],
		out: readonly OutSection[],
	): number | Diagnostic {
		const place = isDefined(symbol) ? places[symbol.section] : undefined;
		if (isDefined(symbol) && !place)
			return linkError("symbol", `${source.name}: symbol ${symbol.name} is in no section`);
		if (place?.skipped) return -1;
		if (symbol.kind === "section" && place)
			return this.section(place.out, out[place.out]?.name ?? "");
		const { section: _, ...rest } = symbol;
		const moved: SymbolData = place
			? { ...rest, section: place.out, value: symbol.value + place.offset }
			: rest;
		if (symbol.binding === "local") return this.all.push(moved) - 1;
		return this.#global(source, moved, out);
	}

	#global(source: Source, symbol: SymbolData, out: readonly OutSection[]): number | Diagnostic {
		const name = symbol.name;
		const type = source.globals.get(name);
		const section = isDefined(symbol) ? out[symbol.section]?.name : type?.section;
		const known = this.globals.get(name);
		if (!known) {
			const index = this.all.push(symbol) - 1;
			this.globals.set(name, { name, index, owner: source, type });
			return index;
		}
		const before = this.all[known.index];
		if (!before) return linkError("symbol", `symbol ${name} is lost`);
		const beforeSection = isDefined(before) ? out[before.section]?.name : known.type?.section;
		if (section !== undefined && beforeSection !== undefined && section !== beforeSection)
			return linkError(
				"symbol-section",
				`symbol ${name} is in section ${beforeSection} of ${known.owner.name} and in ${section} of ${source.name}`,
			);
		const strange = mismatch(known, { owner: source, type }, section ?? beforeSection);
		if (strange) return strange;
		return this.#merge(known, before, symbol, source, type);
	}

	#merge(
		known: Global,
		before: SymbolData,
		symbol: SymbolData,
		source: Source,
		type: GlobalType | undefined,
	): number | Diagnostic {
		const both = isDefined(before) && isDefined(symbol);
		if (both && before.binding !== "weak" && symbol.binding !== "weak")
			return linkError(
				"conflict",
				`symbol ${symbol.name} is defined in ${known.owner.name} and in ${source.name}, in neither of them weak`,
			);
		const takesOver = isDefined(symbol) && (!isDefined(before) || symbol.binding !== "weak");
		const hidden = before.hidden || symbol.hidden ? { hidden: true } : {};
		const stays = takesOver ? symbol : before;
		const binding = bindingOf(before, symbol, stays);
		this.all[known.index] = { ...stays, binding, ...hidden };
		if (takesOver) {
			known.owner = source;
			known.type = type;
		}
		return known.index;
	}
}

/** A definition keeps its own binding; of two externs one that is needed makes the symbol needed. */
function bindingOf(
	before: SymbolData,
	after: SymbolData,
	stays: SymbolData,
): SymbolData["binding"] {
	if (isDefined(stays)) return stays.binding;
	return before.binding === "weak" && after.binding === "weak" ? "weak" : "global";
}

/** The types of two declarations of one symbol, as a fault where they differ. */
function mismatch(
	known: Global,
	other: { readonly owner: Source; readonly type: GlobalType | undefined },
	section: string | undefined,
): Diagnostic | undefined {
	if (!known.type || !other.type || (section !== undefined && isShared(section))) return undefined;
	const one = { btf: known.owner.btf, id: known.type.id };
	const two = { btf: other.owner.btf, id: other.type.id };
	const found = section === MAPS ? mapDifference(one, two) : difference(one, two);
	if (found === undefined) return undefined;
	const what = section === MAPS ? "map" : "symbol";
	return linkError(
		"mismatch",
		`${what} ${known.name} is declared differently in ${known.owner.name} and ${other.owner.name}: ${found}`,
	);
}
