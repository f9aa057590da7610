// `.BTF` and `.BTF.ext` of an object: the module's types, one DATASEC a section of variables or externs, records of functions, lines
// and CO-RE. Offsets of variables are left as clang leaves them, for the loader to fill in.

import {
	BtfBuilder,
	type BtfType,
	type EncodableType,
	type ExtRecords,
	encodeBtfExt,
	type LineRecord,
} from "../btf/index.ts";
import type { Module, Place } from "../ssa/index.ts";
import type { Assembled, PlacedFunc } from "./object.ts";

/** Without functions there is no `.BTF.ext`: loaders refuse an empty one. `sources`: text of each of Module.files, whose lines go into the strings. */
export function encodeTypes(
	module: Module,
	object: Assembled,
	sources: readonly (string | undefined)[],
): { btf: Uint8Array; btfExt?: Uint8Array } {
	const builder = new BtfBuilder();
	for (const type of module.types) if (isEncodable(type)) builder.add(type);
	for (const section of dataSections(module, object)) builder.add(section);
	const split = new Map<number, readonly string[]>();
	const lines = (file: number) => {
		const known = split.get(file) ?? sources[file]?.split("\n") ?? [];
		split.set(file, known);
		return known;
	};
	const btfExt = encodeBtfExt(records(module, object, lines), builder.strings);
	const btf = builder.bytes();
	return object.functions.length > 0 ? { btf, btfExt } : { btf };
}

function isEncodable(type: BtfType): type is EncodableType {
	return type.kind !== "void";
}

type DataSection = EncodableType & { kind: "datasec" };

function dataSections(module: Module, object: Assembled): DataSection[] {
	const sections = new Map<string, { type: number; offset: number; size: number }[]>();
	const add = (name: string, type: number, offset: number, size: number) => {
		const list = sections.get(name);
		if (list) list.push({ type, offset, size });
		else sections.set(name, [{ type, offset, size }]);
	};
	for (const g of module.globals) {
		if (g.btf === undefined) continue;
		const offset = g.linkage === "static" ? (object.offsets.get(g) ?? 0) : 0;
		add(g.section, g.btf, offset, g.size);
	}
	for (const e of module.externs)
		if (e.btf !== undefined && e.section !== "" && object.referenced.has(e.name))
			add(e.section, e.btf, 0, e.size);
	return [...sections]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, vars]) => ({ kind: "datasec", name, size: 0, vars }));
}

/** The lines of a file of the module. */
type Lines = (file: number) => readonly string[];

function records(module: Module, object: Assembled, lines: Lines): ExtRecords[] {
	const sections = [...new Set(object.functions.map((f) => f.func.section))];
	return sections.map((section) => {
		const own = object.functions.filter((f) => f.func.section === section);
		return {
			section,
			functions: own.flatMap(({ func, start }) =>
				func.btf === undefined ? [] : [{ insn: start, typeId: func.btf }],
			),
			lines: own.flatMap((f) => lineRecords(module, f, lines)),
			relocations: own.flatMap((f) =>
				f.code.core.flatMap(({ slot, record }) => {
					const core = module.core[record];
					if (!core) return [];
					const { kind, type, access } = core;
					return [{ insn: f.start + slot, typeId: type, access, kind }];
				}),
			),
		};
	});
}

/** One record where the place changes; the first instruction of a function has one whatever happens, the kernel wants it. */
function lineRecords(module: Module, f: PlacedFunc, lines: Lines): LineRecord[] {
	const out: LineRecord[] = [];
	const { places } = f.code;
	const first = f.func.place ?? places.find((p) => p);
	if (!first) return out;
	let before: Place | undefined;
	places.forEach((known, slot) => {
		const place = known ?? (slot === 0 ? first : undefined);
		if (!place || isSecondSlot(f, slot)) return;
		if (
			before &&
			before.file === place.file &&
			before.line === place.line &&
			before.column === place.column
		)
			return;
		before = place;
		const text = lines(place.file)[place.line - 1] ?? "";
		const file = module.files[place.file] ?? "";
		out.push({ insn: f.start + slot, file, text, line: place.line, column: place.column });
	});
	return out;
}

function isSecondSlot(f: PlacedFunc, slot: number): boolean {
	return slot > 0 && f.code.slots[slot]?.opcode === 0;
}
