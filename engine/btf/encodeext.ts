// Function, line and CO-RE records by section → `.BTF.ext` bytes (Documentation/bpf/btf.rst, section 4.3). Strings go to the
// table of the `.BTF` beside it. Types are not looked at.

import type { BtfStrings } from "./strings.ts";

/** Records of one program section, texts in place of string offsets; `insn` counts slots from the start of the section. */
export interface ExtRecords {
	readonly section: string;
	/** One for each function, by rising `insn`; the id is a BTF_KIND_FUNC. */
	readonly functions?: readonly { readonly insn: number; readonly typeId: number }[];
	readonly lines?: readonly LineRecord[];
	readonly relocations?: readonly CoreRecord[];
}

export interface LineRecord {
	readonly insn: number;
	readonly file: string;
	/** The source line itself; may be empty. */
	readonly text: string;
	/** 1-based. */
	readonly line: number;
	readonly column: number;
}

export interface CoreRecord {
	readonly insn: number;
	/** The root type of the access. */
	readonly typeId: number;
	/** Access string, e.g. `0:1:2`. */
	readonly access: string;
	/** enum bpf_core_relo_kind. */
	readonly kind: number;
}

const MAGIC = 0xeb9f;
const HEADER = 32;
const SLOT = 8;
const LINE_SHIFT = 10;
const MOST_COLUMN = 1023;

/** Encodes `.BTF.ext`. It adds strings, so it is called before `BtfBuilder.bytes`. A section without records of a part is left out of it. */
export function encodeBtfExt(
	sections: readonly ExtRecords[],
	strings: BtfStrings,
	options: { readonly bigEndian?: boolean } = {},
): Uint8Array {
	const parts = [
		part(sections, 8, strings, (s) => (s.functions ?? []).map((f) => [f.insn * SLOT, f.typeId])),
		part(sections, 16, strings, (s) => (s.lines ?? []).map((l) => lineWords(l, strings))),
		part(sections, 16, strings, (s) =>
			(s.relocations ?? []).map((r) => [r.insn * SLOT, r.typeId, strings.offset(r.access), r.kind]),
		),
	];
	const places: number[] = [];
	let at = 0;
	for (const p of parts) {
		places.push(at, p.length * 4);
		at += p.length * 4;
	}
	const out = new Uint8Array(HEADER + at);
	const data = new DataView(out.buffer);
	const little = !options.bigEndian;
	data.setUint16(0, MAGIC, little);
	data.setUint8(2, 1);
	[HEADER, ...places, ...parts.flat()].forEach((word, i) => {
		data.setUint32(4 + 4 * i, word >>> 0, little);
	});
	return out;
}

function lineWords(l: LineRecord, strings: BtfStrings): number[] {
	const column = Math.min(l.column, MOST_COLUMN);
	return [
		l.insn * SLOT,
		strings.offset(l.file),
		strings.offset(l.text),
		(l.line << LINE_SHIFT) | column,
	];
}

/** The record size, then for each section its name, the number of records and the records; nothing at all without records. */
function part(
	sections: readonly ExtRecords[],
	size: number,
	strings: BtfStrings,
	records: (s: ExtRecords) => number[][],
): number[] {
	const out: number[] = [];
	for (const section of sections) {
		const list = records(section);
		if (list.length === 0) continue;
		if (out.length === 0) out.push(size);
		out.push(strings.offset(section.section), list.length);
		for (const words of list) out.push(...words);
	}
	return out;
}
