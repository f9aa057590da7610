// Several relocatable objects → one, as a static linker makes it (the model is libbpf's bpf_linker, `bpftool gen object`). Takes
// and gives plain data; it applies no loading rule and knows nothing of files.

import { type Diagnostic, type Outcome, view } from "../base/index.ts";
import type { Relocatable, SectionData, SymbolData, SymbolRelocation } from "../object/index.ts";
import { type LinkInput, linkError, openInput, type Source } from "./input.ts";
import { joined, type OutSection, type Place, Sections } from "./sections.ts";
import { Symbols } from "./symbols.ts";
import { Types } from "./types.ts";

export type { LinkInput } from "./input.ts";

/**
 * Links objects in the given order. Diagnostics name the symbol or section and the objects. Externs that no object defines stay
 * externs: the loader may know them (kfuncs, `.ksyms`, `.kconfig`).
 */
export function linkObjects(inputs: readonly LinkInput[]): Outcome<Relocatable> {
	const sources: Source[] = [];
	for (const input of inputs) {
		const { value, diagnostics } = openInput(input);
		if (!value) return { diagnostics };
		sources.push(value);
	}
	const first = sources[0];
	if (!first) return failed(linkError("nothing", "there is nothing to link"));
	const odd = sources.find((s) => isBig(s) !== isBig(first));
	if (odd)
		return failed(linkError("byte-order", `${first.name} and ${odd.name} differ in byte order`));
	return link(sources, isBig(first));
}

function isBig({ object }: Source): boolean {
	return object.bigEndian ?? false;
}

function failed(fault: Diagnostic): { diagnostics: Diagnostic[] } {
	return { diagnostics: [fault] };
}

function link(sources: readonly Source[], bigEndian: boolean): Outcome<Relocatable> {
	const sections = new Sections();
	const symbols = new Symbols();
	const types = new Types(sections, symbols);
	const placed: Placed[] = [];
	for (const source of sources) {
		const places = sections.append(source);
		if ("message" in places) return failed(places);
		const indexes = symbols.append(source, places, sections.all);
		if ("message" in indexes) return failed(indexes);
		placed.push({ source, places, indexes });
	}
	for (const { source, places, indexes } of placed) types.append(source, places, indexes);
	const out = sections.all.map((s) => ({ ...s, bytes: joined(s) }));
	for (const one of placed) {
		const fault = relocate(one, out, bigEndian);
		if (fault) return failed(fault);
	}
	const btf = sources.some((s) => s.object.btf) ? types.finish(bigEndian) : undefined;
	if (btf && !btf.value) return { diagnostics: btf.diagnostics };
	return {
		value: {
			sections: out.map(finished),
			symbols: symbols.all,
			...btf?.value,
			...(bigEndian ? { bigEndian } : {}),
		},
		diagnostics: [],
	};
}

interface Placed {
	readonly source: Source;
	readonly places: readonly Place[];
	readonly indexes: readonly number[];
}

type Filled = OutSection & { readonly bytes: Uint8Array };

function finished({ name, kind, align, bytes, relocations }: Filled): SectionData {
	return { name, kind, align, bytes, relocations };
}

/** Moves the relocations of an object to where its sections went. */
function relocate(placed: Placed, out: readonly Filled[], big: boolean): Diagnostic | undefined {
	const { source, places, indexes } = placed;
	for (const [i, section] of source.object.sections.entries()) {
		const place = places[i];
		const target = place && !place.skipped ? out[place.out] : undefined;
		if (!place || !target) continue;
		for (const relocation of section.relocations) {
			const symbol = source.object.symbols[relocation.symbol];
			const index = indexes[relocation.symbol] ?? -1;
			if (!symbol || index < 0)
				return linkError(
					"relocation",
					`${source.name}: the relocation at offset ${relocation.offset} of ${section.name} names no symbol that is kept`,
				);
			const offset = relocation.offset + place.offset;
			const shift = shiftOf(symbol, places);
			if (shift && !addToField(target, { ...relocation, offset }, shift, big))
				return linkError(
					"relocation",
					`${source.name}: the relocation at offset ${relocation.offset} of ${section.name} is past the end`,
				);
			target.relocations.push({ offset, type: relocation.type, symbol: index });
		}
	}
	return undefined;
}

/** How far the start of the section has moved that a section symbol stands for. */
function shiftOf(symbol: SymbolData, places: readonly Place[]): number {
	if (symbol.kind !== "section" || symbol.section === undefined) return 0;
	return places[symbol.section]?.offset ?? 0;
}

const CALL = 0x85;
const SLOT = 8;
const ABS64 = 2;

/** Adds `shift` bytes to the addend, which is in the relocated field itself; calls count in instruction slots. */
function addToField(
	{ bytes, kind }: Filled,
	{ offset, type }: SymbolRelocation,
	shift: number,
	big: boolean,
): boolean {
	const data = view(bytes);
	if (kind === "code") {
		if (offset + SLOT > bytes.length) return false;
		const step = bytes[offset] === CALL ? shift / SLOT : shift;
		data.setInt32(offset + 4, data.getInt32(offset + 4, !big) + step, !big);
		return true;
	}
	if (type === ABS64) {
		if (offset + 8 > bytes.length) return false;
		data.setBigUint64(offset, data.getBigUint64(offset, !big) + BigInt(shift), !big);
		return true;
	}
	if (offset + 4 > bytes.length) return false;
	data.setUint32(offset, data.getUint32(offset, !big) + shift, !big);
	return true;
}
