// Bytes → ELF64 sections, symbols and relocations (System V ABI, ELF-64 object file format). Takes bytes of any origin: every
// offset and count is checked before it is used. It knows nothing of BPF beyond the machine number.

import { type Diagnostic, fromUtf8, type Outcome, view } from "../base/index.ts";

export const SHT_PROGBITS = 1;
export const SHT_SYMTAB = 2;
export const SHT_STRTAB = 3;
export const SHT_NOBITS = 8;
export const SHT_REL = 9;
export const SHF_WRITE = 1;
export const SHF_ALLOC = 2;
export const SHF_EXECINSTR = 4;
export const SHF_MERGE = 16;
export const SHF_STRINGS = 32;
export const EM_BPF = 247;
export const HEADER = 64;
export const SECTION_HEADER = 64;
export const SYMBOL = 24;
export const RELOCATION = 16;
const STT_SECTION = 3;
/** Sections, symbols and relocations of one file together; no object of a compiler's comes near it. */
const MOST_ENTRIES = 1 << 20;

export interface ElfSection {
	readonly index: number;
	readonly name: string;
	readonly type: number;
	readonly flags: number;
	readonly align: number;
	readonly size: number;
	/** Contents; empty for sections without bits. */
	readonly bytes: Uint8Array;
	readonly link: number;
	readonly info: number;
}

export interface ElfSymbol {
	readonly name: string;
	/** Index of its section, 0 (SHN_UNDEF) for externs. */
	readonly section: number;
	readonly value: number;
	readonly size: number;
	readonly binding: number;
	readonly type: number;
	readonly visibility: number;
}

interface ElfRelocation {
	/** Byte offset in the section that is relocated. */
	readonly offset: number;
	readonly type: number;
	/** Index into `symbols`. */
	readonly symbol: number;
}

export interface ElfFile {
	readonly bigEndian: boolean;
	readonly sections: readonly ElfSection[];
	readonly symbols: readonly ElfSymbol[];
	/** Relocations by the index of the section they change, ordered by offset. */
	readonly relocations: ReadonlyMap<number, readonly ElfRelocation[]>;
}

/** Reads a BPF relocatable of either byte order; relocations of the sections that `keeps` leaves out are not looked at.
 *  Diagnostics name the section and offset. */
export function readElf(bytes: Uint8Array, keeps: (section: string) => boolean): Outcome<ElfFile> {
	return reading(() => {
		const source = readHeader(bytes);
		checkRelocatable(source);
		const sections = readSections(source);
		const symbols = readSymbols(sections, source.little);
		const relocations = readRelocations(sections, symbols.length, source.little, keeps);
		return { bigEndian: !source.little, sections, symbols, relocations };
	});
}

/** The contents of the section called `name` of an ELF64 file of any machine and type, e.g. `.BTF` of a vmlinux. */
export function readSection(bytes: Uint8Array, name: string): Outcome<Uint8Array> {
	return reading(() => {
		const section = readSections(readHeader(bytes)).find((s) => s.name === name);
		if (!section) throw new Malformed(`there is no section ${name}`);
		return section.bytes;
	});
}

function reading<T>(read: () => T): Outcome<T> {
	try {
		return { value: read(), diagnostics: [] };
	} catch (error) {
		if (error instanceof Malformed) return { diagnostics: [error.diagnostic] };
		throw error;
	}
}

/** Leaves the reader at the first fault; never leaves this file. */
class Malformed extends Error {
	readonly diagnostic: Diagnostic;
	constructor(message: string) {
		super(message);
		this.diagnostic = { severity: "error", id: "elf/malformed", message: `ELF: ${message}` };
	}
}

/** A file with its section headers' place. */
interface Source {
	readonly bytes: Uint8Array;
	readonly data: DataView;
	readonly little: boolean;
	readonly at: number;
	readonly count: number;
	readonly names: number;
}

function readHeader(bytes: Uint8Array): Source {
	if (bytes.length < HEADER)
		throw new Malformed(`header needs ${HEADER} bytes, the file has ${bytes.length}`);
	if (bytes[0] !== 0x7f || bytes[1] !== 0x45 || bytes[2] !== 0x4c || bytes[3] !== 0x46)
		throw new Malformed("no magic number 7f 45 4c 46 at offset 0");
	if (bytes[4] !== 2) throw new Malformed("not a 64-bit file (class at offset 4)");
	if (bytes[5] !== 1 && bytes[5] !== 2) throw new Malformed("unknown byte order at offset 5");
	const little = bytes[5] === 1;
	const data = view(bytes);
	if (data.getUint16(58, little) !== SECTION_HEADER)
		throw new Malformed("section header size at offset 58 is not 64");
	return {
		bytes,
		data,
		little,
		at: Number(data.getBigUint64(40, little)),
		count: data.getUint16(60, little),
		names: data.getUint16(62, little),
	};
}

function checkRelocatable({ data, little }: Source): void {
	if (data.getUint16(16, little) !== 1)
		throw new Malformed("not a relocatable object (type at offset 16)");
	const machine = data.getUint16(18, little);
	if (machine !== EM_BPF && machine !== 0)
		throw new Malformed(
			`made for machine ${machine}, BPF is ${EM_BPF} (offset 18): compile with --target=bpf`,
		);
}

interface RawSection {
	readonly name: number;
	readonly offset: number;
	readonly section: Omit<ElfSection, "name" | "bytes">;
}

function readSections(source: Source): ElfSection[] {
	const { bytes, at, count, names } = source;
	if (at + count * SECTION_HEADER > bytes.length)
		throw new Malformed(`section headers at offset ${at} reach past the end`);
	const raws = Array.from({ length: count }, (_, i) =>
		rawSection(source, at + i * SECTION_HEADER, i),
	);
	const contents = raws.map(({ offset, section }) => {
		if (section.type === SHT_NOBITS || section.type === 0) return new Uint8Array();
		if (offset + section.size > bytes.length)
			throw new Malformed(
				`section ${section.index} at offset ${offset} with ${section.size} bytes reaches past the end`,
			);
		return bytes.subarray(offset, offset + section.size);
	});
	const strings = contents[names] ?? new Uint8Array();
	return raws.map(({ name, section }, i) => ({
		...section,
		name: stringAt(strings, name),
		bytes: contents[i] ?? new Uint8Array(),
	}));
}

function rawSection({ data, little }: Source, at: number, index: number): RawSection {
	return {
		name: data.getUint32(at, little),
		offset: Number(data.getBigUint64(at + 24, little)),
		section: {
			index,
			type: data.getUint32(at + 4, little),
			flags: Number(data.getBigUint64(at + 8, little)),
			size: Number(data.getBigUint64(at + 32, little)),
			link: data.getUint32(at + 40, little),
			info: data.getUint32(at + 44, little),
			align: Number(data.getBigUint64(at + 48, little)),
		},
	};
}

/** Longest name that is read: no table of a hostile file is copied over and over. */
const LONGEST_NAME = 4096;

function stringAt(strings: Uint8Array, offset: number): string {
	if (offset >= strings.length) return "";
	const rest = strings.subarray(offset, offset + LONGEST_NAME);
	const end = rest.indexOf(0);
	return fromUtf8(rest.subarray(0, end < 0 ? rest.length : end));
}

function readSymbols(sections: readonly ElfSection[], little: boolean): ElfSymbol[] {
	const table = sections.find((s) => s.type === SHT_SYMTAB);
	if (!table) return [];
	const count = Math.floor(table.bytes.length / SYMBOL);
	if (count > MOST_ENTRIES) throw new Malformed(`${table.name}: ${count} symbols`);
	const strings = sections[table.link]?.bytes ?? new Uint8Array();
	const data = view(table.bytes);
	return Array.from({ length: count }, (_, i) => {
		const at = i * SYMBOL;
		const info = data.getUint8(at + 4);
		const section = data.getUint16(at + 6, little);
		const name = stringAt(strings, data.getUint32(at, little));
		return {
			name: name || ((info & 15) === STT_SECTION ? (sections[section]?.name ?? "") : ""),
			section,
			value: Number(data.getBigUint64(at + 8, little)),
			size: Number(data.getBigUint64(at + 16, little)),
			binding: info >> 4,
			type: info & 15,
			visibility: data.getUint8(at + 5) & 3,
		};
	});
}

function readRelocations(
	sections: readonly ElfSection[],
	symbols: number,
	little: boolean,
	keeps: (section: string) => boolean,
): Map<number, ElfRelocation[]> {
	const all = new Map<number, ElfRelocation[]>();
	for (const section of sections) {
		const target = sections[section.info];
		if (section.type !== SHT_REL || (target && !keeps(target.name))) continue;
		if (!target)
			throw new Malformed(`${section.name} relocates section ${section.info}, which is not there`);
		const data = view(section.bytes);
		const rows = all.get(section.info) ?? [];
		if (rows.length + section.bytes.length / RELOCATION > MOST_ENTRIES)
			throw new Malformed(`${section.name}: too many relocations`);
		for (let at = 0; at + RELOCATION <= section.bytes.length; at += RELOCATION) {
			const symbol = data.getUint32(at + (little ? 12 : 8), little);
			if (symbol >= symbols)
				throw new Malformed(
					`${section.name}: relocation at offset ${at} names a symbol that is not there`,
				);
			rows.push({
				offset: Number(data.getBigUint64(at, little)),
				type: data.getUint32(at + (little ? 8 : 12), little),
				symbol,
			});
		}
		all.set(section.info, rows);
	}
	for (const rows of all.values()) rows.sort((a, b) => a.offset - b.offset);
	return all;
}
