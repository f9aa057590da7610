// Relocatable → ELF64 bytes for BPF, as clang and bpftool's linker lay them out: sections with their relocations, BTF, symbols
// (local ones first), one string table for all names.

import { assert, utf8 } from "../base/index.ts";
import type { Relocatable, SectionData, SymbolData } from "../object/index.ts";
import {
	EM_BPF,
	HEADER,
	RELOCATION,
	SECTION_HEADER,
	SHF_ALLOC,
	SHF_EXECINSTR,
	SHF_MERGE,
	SHF_STRINGS,
	SHF_WRITE,
	SHT_NOBITS,
	SHT_PROGBITS,
	SHT_REL,
	SHT_STRTAB,
	SHT_SYMTAB,
	SYMBOL,
} from "./file.ts";

interface Section {
	readonly name: string;
	readonly type: number;
	readonly flags: number;
	readonly align: number;
	readonly bytes: Uint8Array;
	readonly link?: number;
	readonly info?: number;
	readonly entry?: number;
}

const flags: Readonly<Record<SectionData["kind"], number>> = {
	code: SHF_ALLOC | SHF_EXECINSTR,
	data: SHF_ALLOC | SHF_WRITE,
	readonly: SHF_ALLOC,
	strings: SHF_ALLOC | SHF_MERGE | SHF_STRINGS,
	bss: SHF_ALLOC | SHF_WRITE,
};

/** Writes an object that libbpf, bpftool and the LLVM tools read. Symbols keep their order within local and other ones. */
export function writeRelocatable(r: Relocatable): Uint8Array {
	const little = !r.bigEndian;
	const strings = new StringTable();
	const { order, locals } = symbolOrder(r.symbols);
	const number = new Map(order.map((symbol, i) => [symbol, i + 1]));
	const placed = r.sections.map((_, i) => 1 + i);
	const relocated = r.sections.filter((s) => s.relocations.length > 0).length;
	const types = [r.btf, r.btfExt].filter((b) => b).length;
	const symtab = 1 + r.sections.length + relocated + types;
	const sections: Section[] = r.sections.map(dataSection);
	r.sections.forEach((s, i) => {
		if (s.relocations.length)
			sections.push({
				name: `.rel${s.name}`,
				type: SHT_REL,
				flags: 64,
				align: 8,
				bytes: relocationTable(s, number, little),
				link: symtab,
				info: placed[i] ?? 0,
				entry: RELOCATION,
			});
	});
	const plain = { type: SHT_PROGBITS, flags: 0, align: 4 };
	if (r.btf) sections.push({ name: ".BTF", ...plain, bytes: r.btf });
	if (r.btfExt) sections.push({ name: ".BTF.ext", ...plain, bytes: r.btfExt });
	sections.push({
		name: ".symtab",
		type: SHT_SYMTAB,
		flags: 0,
		align: 8,
		bytes: symbolTable(
			order.map((i) => r.symbols[i]),
			strings,
			little,
		),
		link: symtab + 1,
		info: 1 + locals,
		entry: SYMBOL,
	});
	for (const s of sections) strings.offset(s.name);
	strings.offset(".strtab");
	const bytes = strings.bytes();
	sections.push({ name: ".strtab", type: SHT_STRTAB, flags: 0, align: 1, bytes });
	return layOut(sections, strings, little);
}

function dataSection(s: SectionData): Section {
	const type = s.kind === "bss" ? SHT_NOBITS : SHT_PROGBITS;
	const entry = s.kind === "strings" ? { entry: 1 } : {};
	return { name: s.name, type, flags: flags[s.kind], align: s.align, bytes: s.bytes, ...entry };
}

/** Indexes of the symbols, local ones first as ELF has it. */
function symbolOrder(symbols: readonly SymbolData[]): { order: number[]; locals: number } {
	const all = symbols.map((_, i) => i);
	const isLocal = (i: number) => symbols[i]?.binding === "local";
	const local = all.filter(isLocal);
	return { order: [...local, ...all.filter((i) => !isLocal(i))], locals: local.length };
}

class StringTable {
	readonly #parts: Uint8Array[] = [new Uint8Array(1)];
	readonly #offsets = new Map<string, number>([["", 0]]);
	#length = 1;

	offset(name: string): number {
		const known = this.#offsets.get(name);
		if (known !== undefined) return known;
		const at = this.#length;
		const part = utf8(`${name}\0`);
		this.#offsets.set(name, at);
		this.#parts.push(part);
		this.#length += part.length;
		return at;
	}

	bytes(): Uint8Array {
		const out = new Uint8Array(this.#length);
		let at = 0;
		for (const part of this.#parts) {
			out.set(part, at);
			at += part.length;
		}
		return out;
	}
}

const kinds = { none: 0, object: 1, function: 2, section: 3 } as const;
const bindings = { local: 0, global: 1, weak: 2 } as const;
const STV_HIDDEN = 2;

function symbolTable(
	symbols: readonly (SymbolData | undefined)[],
	strings: StringTable,
	little: boolean,
): Uint8Array {
	const out = new DataView(new ArrayBuffer(SYMBOL * (symbols.length + 1)));
	symbols.forEach((symbol, i) => {
		if (!symbol) return;
		const at = SYMBOL * (i + 1);
		out.setUint32(at, symbol.kind === "section" ? 0 : strings.offset(symbol.name), little);
		out.setUint8(at + 4, (bindings[symbol.binding] << 4) | kinds[symbol.kind]);
		out.setUint8(at + 5, symbol.hidden ? STV_HIDDEN : 0);
		out.setUint16(at + 6, symbol.section === undefined ? 0 : symbol.section + 1, little);
		out.setBigUint64(at + 8, BigInt(symbol.value), little);
		out.setBigUint64(at + 16, BigInt(symbol.size), little);
	});
	return new Uint8Array(out.buffer);
}

function relocationTable(
	section: SectionData,
	number: ReadonlyMap<number, number>,
	little: boolean,
): Uint8Array {
	const out = new DataView(new ArrayBuffer(RELOCATION * section.relocations.length));
	[...section.relocations]
		.sort((a, b) => a.offset - b.offset)
		.forEach(({ offset, type, symbol }, i) => {
			const index = number.get(symbol);
			assert(index !== undefined, `${section.name}: a relocation names symbol ${symbol}`);
			out.setBigUint64(RELOCATION * i, BigInt(offset), little);
			//   r_info: symbol in the high 32 bits, type in the low ones
			out.setBigUint64(RELOCATION * i + 8, (BigInt(index) << 32n) | BigInt(type), little);
		});
	return new Uint8Array(out.buffer);
}

function layOut(sections: readonly Section[], strings: StringTable, little: boolean): Uint8Array {
	let at = HEADER;
	const offsets = sections.map((s) => {
		const align = Math.max(1, s.align);
		at = Math.ceil(at / align) * align;
		const offset = at;
		if (s.type !== SHT_NOBITS) at += s.bytes.length;
		return offset;
	});
	const headers = Math.ceil(at / 8) * 8;
	const out = new Uint8Array(headers + SECTION_HEADER * (sections.length + 1));
	const data = new DataView(out.buffer);
	out.set([0x7f, 0x45, 0x4c, 0x46, 2, little ? 1 : 2, 1]);
	data.setUint16(16, 1, little);
	data.setUint16(18, EM_BPF, little);
	data.setUint32(20, 1, little);
	data.setBigUint64(40, BigInt(headers), little);
	data.setUint16(52, HEADER, little);
	data.setUint16(58, SECTION_HEADER, little);
	data.setUint16(60, sections.length + 1, little);
	data.setUint16(62, sections.length, little);
	sections.forEach((s, i) => {
		const offset = offsets[i] ?? 0;
		if (s.type !== SHT_NOBITS) out.set(s.bytes, offset);
		const header = headers + SECTION_HEADER * (i + 1);
		data.setUint32(header, strings.offset(s.name), little);
		data.setUint32(header + 4, s.type, little);
		data.setBigUint64(header + 8, BigInt(s.flags), little);
		data.setBigUint64(header + 24, BigInt(offset), little);
		data.setBigUint64(header + 32, BigInt(s.bytes.length), little);
		data.setUint32(header + 40, s.link ?? 0, little);
		data.setUint32(header + 44, s.info ?? 0, little);
		data.setBigUint64(header + 48, BigInt(s.align), little);
		data.setBigUint64(header + 56, BigInt(s.entry ?? 0), little);
	});
	return out;
}
