// `.BTF.ext` bytes → function, line and CO-RE records by section. Bounds are checked; types are not looked at.

import { type Diagnostic, type Outcome, view } from "../base/index.ts";
import type { ExtRecords } from "./encodeext.ts";
import type { Btf } from "./types.ts";

/** Records of one program section; `insn` counts instruction slots from the start of the section. */
export interface ExtSection {
	readonly section: string;
	readonly functions: readonly { readonly insn: number; readonly typeId: number }[];
	readonly lines: readonly {
		readonly insn: number;
		readonly fileNameOff: number;
		readonly lineOff: number;
		readonly lineCol: number;
	}[];
	readonly relocations: readonly {
		readonly insn: number;
		readonly typeId: number;
		/** Access string, e.g. `0:1:2`. */
		readonly access: string;
		/** enum bpf_core_relo_kind. */
		readonly kind: number;
	}[];
}

const HEADER = 24;

/** Decodes `.BTF.ext`; names come from `btf`. An error names the offset. */
export function decodeBtfExt(bytes: Uint8Array, btf: Btf): Outcome<readonly ExtSection[]> {
	if (bytes.length < HEADER)
		return failed(`header needs ${HEADER} bytes, there are ${bytes.length}`);
	const data = view(bytes);
	const little = data.getUint16(0, true) === 0xeb9f;
	if (!little && data.getUint16(0, false) !== 0xeb9f)
		return failed("no magic number 0xeb9f at offset 0");
	const u32 = (at: number) => data.getUint32(at, little);
	const header = u32(4);
	if (header < HEADER || header % 4 !== 0 || header > bytes.length)
		return failed(`header length ${header}`);
	const sections = new Map<string, Mutable>();
	const parts =
		header >= 32 && bytes.length >= 32
			? ["functions", "lines", "relocations"]
			: ["functions", "lines"];
	for (const [i, part] of parts.entries()) {
		const start = header + u32(8 + 8 * i);
		const problem = readPart(part, start, start + u32(12 + 8 * i), { bytes, u32, btf, sections });
		if (problem) return failed(problem);
	}
	return { value: [...sections.values()], diagnostics: [] };
}

type Mutable = {
	-readonly [K in keyof ExtSection]: K extends "section" ? string : ExtSection[K][number][];
};

interface Source {
	readonly bytes: Uint8Array;
	readonly u32: (at: number) => number;
	readonly btf: Btf;
	readonly sections: Map<string, Mutable>;
}

const minimum: Record<string, number> = { functions: 8, lines: 16, relocations: 16 };

function readPart(part: string, start: number, end: number, from: Source): string | undefined {
	if (start === end) return undefined;
	if (end > from.bytes.length || start + 4 > end) return `${part} reach past the end`;
	const size = from.u32(start);
	if (size < (minimum[part] ?? 8) || size % 4 !== 0) return `${part}: record size ${size}`;
	let at = start + 4;
	while (at < end) {
		if (at + 8 > end) return `${part}: section header at offset ${at} is cut short`;
		const name = from.btf.string(from.u32(at));
		const count = from.u32(at + 4);
		at += 8;
		if (count * size > end - at)
			return `${part}: ${count} records at offset ${at} reach past the end`;
		const into = sectionOf(from.sections, name);
		for (let i = 0; i < count; i++, at += size) readRecord(part, at, from, into);
	}
	return undefined;
}

function sectionOf(sections: Map<string, Mutable>, name: string): Mutable {
	const found = sections.get(name) ?? { section: name, functions: [], lines: [], relocations: [] };
	sections.set(name, found);
	return found;
}

function readRecord(part: string, at: number, { u32, btf }: Source, into: Mutable): void {
	const insn = u32(at) / 8;
	if (part === "functions") into.functions.push({ insn, typeId: u32(at + 4) });
	else if (part === "lines")
		into.lines.push({
			insn,
			fileNameOff: u32(at + 4),
			lineOff: u32(at + 8),
			lineCol: u32(at + 12),
		});
	else
		into.relocations.push({
			insn,
			typeId: u32(at + 4),
			access: btf.string(u32(at + 8)),
			kind: u32(at + 12),
		});
}

/** The records with their texts in place of string offsets, as `encodeBtfExt` takes them. */
export function extRecords(section: ExtSection, btf: Btf): ExtRecords {
	const lines = section.lines.map((l) => ({
		insn: l.insn,
		file: btf.string(l.fileNameOff),
		text: btf.string(l.lineOff),
		line: l.lineCol >>> 10,
		column: l.lineCol & 1023,
	}));
	return { ...section, lines };
}

function failed(message: string): { diagnostics: Diagnostic[] } {
	return {
		diagnostics: [{ severity: "error", id: "btf/malformed", message: `BTF.ext: ${message}` }],
	};
}
