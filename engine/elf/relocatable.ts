// ELF64 bytes → Relocatable: code and data sections, their symbols and relocations, BTF. Debug sections, file names and the
// tables of ELF itself are left out. It applies no loading rule.

import type { Diagnostic, Outcome } from "../base/index.ts";
import type { Relocatable, SectionData, SymbolData } from "../object/index.ts";
import { relocationTypes } from "./features.ts";
import {
	type ElfFile,
	type ElfSection,
	type ElfSymbol,
	readElf,
	SHF_EXECINSTR,
	SHF_STRINGS,
	SHF_WRITE,
	SHT_NOBITS,
	SHT_PROGBITS,
} from "./file.ts";

/** Largest `.bss` that is read: a few bytes of a file may ask for any size. */
const MOST_ZEROES = 64 << 20;

const STT_FILE = 4;
const SHN_UNDEF = 0;
const SHN_LORESERVE = 0xff00;

/** Whether a section is part of a Relocatable; BTF is, in a field of its own. */
function isKept(name: string): boolean {
	return !/^\.(BTF|BTF\.ext|debug_.*|eh_frame|llvm_.*|comment|note.*|gnu\..*)$/.test(name);
}

/** Reads a BPF object of either byte order. Errors name the section and offset. */
export function readRelocatable(bytes: Uint8Array): Outcome<Relocatable> {
	const read = readElf(bytes, isKept);
	if (!read.value) return { diagnostics: read.diagnostics };
	const elf = read.value;
	const kept = elf.sections.filter(
		(s) => (s.type === SHT_PROGBITS || s.type === SHT_NOBITS) && isKept(s.name),
	);
	const zeroes = kept.reduce((n, s) => n + (s.type === SHT_NOBITS ? s.size : 0), 0);
	if (zeroes > MOST_ZEROES)
		return failed(`${zeroes} bytes of .bss and the like, at most ${MOST_ZEROES} are read`);
	const places = new Map(kept.map((s, i) => [s.index, i]));
	const symbols = keptSymbols(elf, places);
	const sections: SectionData[] = [];
	for (const section of kept) {
		const data = sectionData(elf, section, symbols.index);
		if (typeof data === "string") return failed(data);
		sections.push(data);
	}
	const content = (name: string) => elf.sections.find((s) => s.name === name && s.size > 0)?.bytes;
	const [btf, btfExt] = [content(".BTF"), content(".BTF.ext")];
	return {
		value: {
			sections,
			symbols: symbols.all,
			...(btf ? { btf: btf.slice() } : {}),
			...(btfExt ? { btfExt: btfExt.slice() } : {}),
			...(elf.bigEndian ? { bigEndian: true } : {}),
		},
		diagnostics: [],
	};
}

function failed(message: string): { diagnostics: Diagnostic[] } {
	return { diagnostics: [{ severity: "error", id: "elf/malformed", message: `ELF: ${message}` }] };
}

function kindOf(section: ElfSection): SectionData["kind"] {
	if (section.type === SHT_NOBITS) return "bss";
	if (section.flags & SHF_EXECINSTR) return "code";
	if (section.flags & SHF_STRINGS) return "strings";
	return section.flags & SHF_WRITE ? "data" : "readonly";
}

function sectionData(
	elf: ElfFile,
	section: ElfSection,
	index: ReadonlyMap<number, number>,
): SectionData | string {
	const relocations: SectionData["relocations"][number][] = [];
	for (const { offset, type, symbol } of elf.relocations.get(section.index) ?? []) {
		const at = index.get(symbol);
		if (!relocationTypes[type])
			return `section ${section.name}: the relocation at offset ${offset} is of the unknown type ${type}`;
		if (at === undefined)
			return `section ${section.name}: the relocation at offset ${offset} names symbol ${symbol}, which is in no section that is loaded`;
		if (offset + 4 > section.bytes.length)
			return `section ${section.name}: the relocation at offset ${offset} is past its end`;
		relocations.push({ offset, type, symbol: at });
	}
	const zeroes = section.type === SHT_NOBITS;
	const power = Number.isInteger(Math.log2(section.align)) && section.align <= 1 << 20;
	return {
		name: section.name,
		kind: kindOf(section),
		align: power ? section.align : 1,
		bytes: zeroes ? new Uint8Array(section.size) : section.bytes.slice(),
		relocations,
	};
}

/** The symbols that have a place in kept sections or in none; `index` finds them by their number in the file. */
function keptSymbols(
	elf: ElfFile,
	places: ReadonlyMap<number, number>,
): { all: SymbolData[]; index: Map<number, number> } {
	const all: SymbolData[] = [];
	const index = new Map<number, number>();
	elf.symbols.forEach((symbol, i) => {
		const place = places.get(symbol.section);
		const outside = symbol.section !== SHN_UNDEF && place === undefined;
		if (i === 0 || symbol.type === STT_FILE || outside || symbol.section >= SHN_LORESERVE) return;
		index.set(i, all.length);
		all.push(symbolData(symbol, place));
	});
	return { all, index };
}

const kinds = ["none", "object", "function", "section"] as const;
const bindings = ["local", "global", "weak"] as const;
const STV_INTERNAL = 1;
const STV_HIDDEN = 2;

function symbolData(symbol: ElfSymbol, section: number | undefined): SymbolData {
	const hidden = symbol.visibility === STV_HIDDEN || symbol.visibility === STV_INTERNAL;
	return {
		name: symbol.name,
		...(section === undefined ? {} : { section }),
		value: symbol.value,
		size: symbol.size,
		kind: kinds[symbol.type] ?? "none",
		binding: bindings[symbol.binding] ?? "global",
		...(hidden ? { hidden: true } : {}),
	};
}
