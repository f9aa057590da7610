// Bytes → ELF64 sections, symbols and relocations (System V ABI, ELF-64 object file format). Takes bytes of any origin: every
// offset and count is checked before it is used. It knows nothing of BPF beyond the machine number.

import { type Diagnostic, fromUtf8, type Outcome, view } from "../base/index.ts";

export const SHT_PROGBITS = 1;
export const SHT_SYMTAB = 2;
export const SHT_NOBITS = 8;
export const SHT_REL = 9;
export const SHF_EXECINSTR = 4;
export const STB_LOCAL = 0;
export const STB_WEAK = 2;
export const STT_SECTION = 3;
export const STT_FUNC = 2;
export const SHN_UNDEF = 0;
const EM_BPF = 247;
const HEADER = 64;
const SECTION_HEADER = 64;
const SYMBOL = 24;
const RELOCATION = 16;

export interface ElfSection {
	readonly index: number;
	readonly name: string;
	readonly type: number;
	readonly flags: number;
	readonly size: number;
	/** Contents; empty for sections without bits. */
	readonly bytes: Uint8Array;
	readonly link: number;
	readonly info: number;
}

export interface ElfSymbol {
	readonly name: string;
	/** Index of its section, SHN_UNDEF for externs. */
	readonly section: number;
	readonly value: number;
	readonly size: number;
	readonly binding: number;
	readonly type: number;
}

export interface ElfRelocation {
	/** Byte offset in the section that is relocated. */
	readonly offset: number;
	readonly type: number;
	readonly symbol: ElfSymbol;
}

export interface ElfFile {
	readonly sections: readonly ElfSection[];
	readonly symbols: readonly ElfSymbol[];
	/** Relocations by the index of the section they change, ordered by offset. */
	readonly relocations: ReadonlyMap<number, readonly ElfRelocation[]>;
}

/** Reads a little-endian BPF relocatable. Diagnostics name the section and offset. */
export function readElf(bytes: Uint8Array): Outcome<ElfFile> {
	return reading(() => {
		const header = readHeader(bytes);
		checkRelocatable(bytes);
		const sections = readSections(bytes, header);
		const symbols = readSymbols(sections);
		return { sections, symbols, relocations: readRelocations(sections, symbols) };
	});
}

/** The contents of the section called `name` of an ELF64 file of any machine and type, e.g. `.BTF` of a vmlinux. */
export function readSection(bytes: Uint8Array, name: string): Outcome<Uint8Array> {
	return reading(() => {
		const section = readSections(bytes, readHeader(bytes)).find((s) => s.name === name);
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
	constructor(message: string, unsupported?: string) {
		super(message);
		this.diagnostic = {
			severity: "error",
			id: unsupported ? "elf/unsupported" : "elf/malformed",
			message: `ELF: ${message}`,
			...(unsupported ? { unsupported } : {}),
		};
	}
}

function readHeader(bytes: Uint8Array): { at: number; count: number; names: number } {
	if (bytes.length < HEADER)
		throw new Malformed(`header needs ${HEADER} bytes, the file has ${bytes.length}`);
	if (bytes[0] !== 0x7f || bytes[1] !== 0x45 || bytes[2] !== 0x4c || bytes[3] !== 0x46)
		throw new Malformed("no magic number 7f 45 4c 46 at offset 0");
	if (bytes[4] !== 2) throw new Malformed("not a 64-bit file (class at offset 4)");
	if (bytes[5] === 2)
		throw new Malformed("big-endian BPF objects are not supported by Skep yet", "big-endian ELF");
	if (bytes[5] !== 1) throw new Malformed("unknown byte order at offset 5");
	const data = view(bytes);
	if (data.getUint16(58, true) !== SECTION_HEADER)
		throw new Malformed("section header size at offset 58 is not 64");
	return {
		at: Number(data.getBigUint64(40, true)),
		count: data.getUint16(60, true),
		names: data.getUint16(62, true),
	};
}

function checkRelocatable(bytes: Uint8Array): void {
	const data = view(bytes);
	if (data.getUint16(16, true) !== 1)
		throw new Malformed("not a relocatable object (type at offset 16)");
	const machine = data.getUint16(18, true);
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

function readSections(
	bytes: Uint8Array,
	header: { at: number; count: number; names: number },
): ElfSection[] {
	if (header.at + header.count * SECTION_HEADER > bytes.length)
		throw new Malformed(`section headers at offset ${header.at} reach past the end`);
	const raws = Array.from({ length: header.count }, (_, i) =>
		rawSection(view(bytes), header.at + i * SECTION_HEADER, i),
	);
	const contents = raws.map(({ offset, section }) => {
		if (section.type === SHT_NOBITS || section.type === 0) return new Uint8Array();
		if (offset + section.size > bytes.length)
			throw new Malformed(
				`section ${section.index} at offset ${offset} with ${section.size} bytes reaches past the end`,
			);
		return bytes.subarray(offset, offset + section.size);
	});
	const names = contents[header.names] ?? new Uint8Array();
	return raws.map(({ name, section }, i) => ({
		...section,
		name: stringAt(names, name),
		bytes: contents[i] ?? new Uint8Array(),
	}));
}

function rawSection(data: DataView, at: number, index: number): RawSection {
	return {
		name: data.getUint32(at, true),
		offset: Number(data.getBigUint64(at + 24, true)),
		section: {
			index,
			type: data.getUint32(at + 4, true),
			flags: Number(data.getBigUint64(at + 8, true)),
			size: Number(data.getBigUint64(at + 32, true)),
			link: data.getUint32(at + 40, true),
			info: data.getUint32(at + 44, true),
		},
	};
}

function stringAt(strings: Uint8Array, offset: number): string {
	if (offset >= strings.length) return "";
	const end = strings.indexOf(0, offset);
	return fromUtf8(strings.subarray(offset, end < 0 ? strings.length : end));
}

function readSymbols(sections: readonly ElfSection[]): ElfSymbol[] {
	const table = sections.find((s) => s.type === SHT_SYMTAB);
	if (!table) return [];
	const strings = sections[table.link]?.bytes ?? new Uint8Array();
	const data = view(table.bytes);
	return Array.from({ length: Math.floor(table.bytes.length / SYMBOL) }, (_, i) => {
		const at = i * SYMBOL;
		const info = data.getUint8(at + 4);
		const section = data.getUint16(at + 6, true);
		const name = stringAt(strings, data.getUint32(at, true));
		return {
			name: name || ((info & 15) === STT_SECTION ? (sections[section]?.name ?? "") : ""),
			section,
			value: Number(data.getBigUint64(at + 8, true)),
			size: Number(data.getBigUint64(at + 16, true)),
			binding: info >> 4,
			type: info & 15,
		};
	});
}

function readRelocations(
	sections: readonly ElfSection[],
	symbols: readonly ElfSymbol[],
): Map<number, ElfRelocation[]> {
	const all = new Map<number, ElfRelocation[]>();
	for (const section of sections) {
		if (section.type !== SHT_REL) continue;
		const data = view(section.bytes);
		const rows = all.get(section.info) ?? [];
		for (let at = 0; at + RELOCATION <= section.bytes.length; at += RELOCATION) {
			const symbol = symbols[data.getUint32(at + 12, true)];
			if (!symbol)
				throw new Malformed(
					`${section.name}: relocation at offset ${at} names a symbol that is not there`,
				);
			rows.push({
				offset: Number(data.getBigUint64(at, true)),
				type: data.getUint32(at + 8, true),
				symbol,
			});
		}
		all.set(
			section.info,
			rows.sort((a, b) => a.offset - b.offset),
		);
	}
	return all;
}
