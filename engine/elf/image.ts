// An ELF64 relocatable for BPF under construction: sections, symbols, relocations by name; laid out at the end.

import { assert, concatBytes, utf8 } from "../base/index.ts";

const HEADER = 64;
const SHF_WRITE = 1;
const SHF_ALLOC = 2;
const SHF_EXECINSTR = 4;
const TYPE = { progbits: 1, symtab: 2, strtab: 3, rel: 9 } as const;
const EM_BPF = 247;

interface Section {
	readonly name: string;
	bytes: Uint8Array;
	readonly type: number;
	readonly flags: number;
	readonly align: number;
	link?: number;
	info?: number;
	readonly entry?: number;
}

export interface ImageSymbol {
	readonly name: string;
	readonly section: string;
	readonly value: number;
	readonly size: number;
	readonly kind: "object" | "function" | "section";
	readonly local?: boolean;
}

export class ElfImage {
	readonly #sections: Section[] = [];
	readonly #symbols: ImageSymbol[] = [];
	readonly #relocations = new Map<string, { offset: number; symbol: string; type: number }[]>();

	/** Adds a data section. */
	section(name: string, bytes: Uint8Array, { write = false }: { write?: boolean }): void {
		const flags = name === ".BTF" ? 0 : SHF_ALLOC | (write ? SHF_WRITE : 0);
		this.#sections.push({
			name,
			bytes,
			type: TYPE.progbits,
			flags,
			align: name === ".BTF" ? 4 : 8,
		});
	}

	/** Adds code to a section, made when needed; returns where it begins. */
	append(name: string, code: Uint8Array): number {
		const found = this.#sections.find((s) => s.name === name);
		if (!found) {
			const flags = SHF_ALLOC | SHF_EXECINSTR;
			this.#sections.push({ name, bytes: code, type: TYPE.progbits, flags, align: 8 });
			return 0;
		}
		const at = found.bytes.length;
		found.bytes = concatBytes([found.bytes, code]);
		return at;
	}

	symbol(symbol: ImageSymbol): void {
		this.#symbols.push(symbol);
	}

	/** The word at `offset` of `section` refers to a symbol, which may be added later. */
	relocate(section: string, offset: number, symbol: string, type: number): void {
		const rows = this.#relocations.get(section) ?? [];
		rows.push({ offset, symbol, type });
		this.#relocations.set(section, rows);
	}

	bytes(): Uint8Array {
		const isLocal = (s: ImageSymbol) => s.local || s.kind === "section";
		const symbols = [...this.#symbols.filter(isLocal), ...this.#symbols.filter((s) => !isLocal(s))];
		const locals = 1 + this.#symbols.filter(isLocal).length;
		const strings = new StringTable();
		const sections: Section[] = [...this.#sections];
		const indexOf = (name: string) => 1 + sections.findIndex((s) => s.name === name);
		const table = symbolTable(symbols, strings, indexOf);
		const symtab = sections.length + 1 + this.#relocations.size;
		for (const [name, rows] of this.#relocations) {
			const bytes = relocationTable(rows, symbols);
			const link = { link: symtab, info: indexOf(name) };
			sections.push({
				name: `.rel${name}`,
				bytes,
				type: TYPE.rel,
				flags: 0,
				align: 8,
				entry: 16,
				...link,
			});
		}
		const tail = { link: symtab + 1, info: locals, entry: 24 };
		sections.push({
			name: ".symtab",
			bytes: table,
			type: TYPE.symtab,
			flags: 0,
			align: 8,
			...tail,
		});
		for (const s of sections) strings.offset(s.name);
		strings.offset(".strtab");
		sections.push({
			name: ".strtab",
			bytes: strings.bytes(),
			type: TYPE.strtab,
			flags: 0,
			align: 1,
		});
		return layOut(sections, strings);
	}
}

class StringTable {
	#text = "\0";
	readonly #offsets = new Map<string, number>();

	offset(name: string): number {
		const known = this.#offsets.get(name);
		if (known !== undefined) return known;
		const at = utf8(this.#text).length;
		this.#offsets.set(name, at);
		this.#text += `${name}\0`;
		return at;
	}

	bytes(): Uint8Array {
		return utf8(this.#text);
	}
}

const KIND = { object: 1, function: 2, section: 3 } as const;

function symbolTable(
	symbols: readonly ImageSymbol[],
	strings: StringTable,
	indexOf: (name: string) => number,
): Uint8Array {
	const out = new DataView(new ArrayBuffer(24 * (symbols.length + 1)));
	symbols.forEach((symbol, i) => {
		const at = 24 * (i + 1);
		const local = symbol.local || symbol.kind === "section";
		out.setUint32(at, symbol.kind === "section" ? 0 : strings.offset(symbol.name), true);
		out.setUint8(at + 4, ((local ? 0 : 1) << 4) | KIND[symbol.kind]);
		out.setUint16(at + 6, indexOf(symbol.section), true);
		out.setBigUint64(at + 8, BigInt(symbol.value), true);
		out.setBigUint64(at + 16, BigInt(symbol.size), true);
	});
	return new Uint8Array(out.buffer);
}

function relocationTable(
	rows: readonly { offset: number; symbol: string; type: number }[],
	symbols: readonly ImageSymbol[],
): Uint8Array {
	const out = new DataView(new ArrayBuffer(16 * rows.length));
	[...rows]
		.sort((a, b) => a.offset - b.offset)
		.forEach(({ offset, symbol, type }, i) => {
			const index = symbols.findIndex((s) => s.name === symbol);
			assert(index >= 0, `a relocation names ${symbol}, which was not added`);
			out.setBigUint64(16 * i, BigInt(offset), true);
			out.setUint32(16 * i + 8, type, true);
			out.setUint32(16 * i + 12, index + 1, true);
		});
	return new Uint8Array(out.buffer);
}

function layOut(sections: readonly Section[], strings: StringTable): Uint8Array {
	let at = HEADER;
	const offsets = sections.map((s) => {
		at = Math.ceil(at / s.align) * s.align;
		const offset = at;
		at += s.bytes.length;
		return offset;
	});
	const headers = Math.ceil(at / 8) * 8;
	const out = new Uint8Array(headers + HEADER * (sections.length + 1));
	const data = new DataView(out.buffer);
	out.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
	data.setUint16(16, 1, true);
	data.setUint16(18, EM_BPF, true);
	data.setUint32(20, 1, true);
	data.setBigUint64(40, BigInt(headers), true);
	data.setUint16(52, HEADER, true);
	data.setUint16(58, HEADER, true);
	data.setUint16(60, sections.length + 1, true);
	data.setUint16(62, sections.length, true);
	sections.forEach((s, i) => {
		const offset = offsets[i] ?? 0;
		out.set(s.bytes, offset);
		const header = headers + HEADER * (i + 1);
		data.setUint32(header, strings.offset(s.name), true);
		data.setUint32(header + 4, s.type, true);
		data.setBigUint64(header + 8, BigInt(s.flags), true);
		data.setBigUint64(header + 24, BigInt(offset), true);
		data.setBigUint64(header + 32, BigInt(s.bytes.length), true);
		data.setUint32(header + 40, s.link ?? 0, true);
		data.setUint32(header + 44, s.info ?? 0, true);
		data.setBigUint64(header + 48, BigInt(s.align), true);
		data.setBigUint64(header + 56, BigInt(s.entry ?? 0), true);
	});
	return out;
}
