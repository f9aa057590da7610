// An object as an engineer looks at it: sections, symbols, relocations before and after, global variables with their values, types.
// Takes what was built; knows nothing of how it is shown.

import { toHex, view } from "../base/index.ts";
import { type Btf, type BtfType, decodeBtf, resolveType, sizeOf } from "../btf/index.ts";
import { decode, INSN_SIZE, printLlvm } from "../isa/index.ts";
import type { BpfMap } from "../maps/index.ts";
import type { MapSpec, ObjectFile, Relocatable, SymbolData } from "../object/index.ts";
import type {
	GlobalRow,
	ObjectView,
	RelocationRow,
	SectionRow,
	SymbolRow,
	TypeRow,
} from "./objectview.ts";
import type { BuiltProgram } from "./programs.ts";
import { prototypeText, typeText } from "./shell/ctype.ts";
import { toJson } from "./shell/json.ts";
import { typedValue } from "./shell/typed.ts";

/** Pointers and arrays that are followed from a member to what it is made of. */
const POINTERS = 16;

const relocationNames: Readonly<Record<number, string>> = {
	1: "R_BPF_64_64",
	2: "R_BPF_64_ABS64",
	3: "R_BPF_64_ABS32",
	4: "R_BPF_64_NODYLD32",
	10: "R_BPF_64_32",
};

export interface Explored {
	readonly object: ObjectFile;
	readonly relocatable: Relocatable;
	readonly programs: readonly BuiltProgram[];
	/** The maps as they are now, parallel to the object's; absent before anything ran. */
	readonly maps?: readonly (BpfMap | undefined)[];
}

export function objectView(explored: Explored): ObjectView {
	const { object, relocatable } = explored;
	const btf = object.btf && decodeBtf(object.btf).value;
	return {
		name: object.name,
		license: object.license,
		sections: sections(relocatable),
		symbols: symbols(relocatable),
		relocations: relocations(explored),
		globals: btf ? globals(explored, btf) : [],
		types: btf ? btf.types.length - 1 : 0,
	};
}

function sections({ sections: all, symbols: named }: Relocatable): SectionRow[] {
	return all.map((section, index) => {
		const here = named.filter((s) => s.section === index && s.kind !== "section");
		const functions = here.filter((s) => s.kind === "function").length;
		const objects = here.filter((s) => s.kind === "object").length;
		return {
			name: section.name,
			kind: section.kind,
			size: section.bytes.length,
			align: section.align,
			relocations: section.relocations.length,
			holds: [counted(functions, "function"), counted(objects, "variable")]
				.filter((t) => t !== "")
				.join(", "),
		};
	});
}

function counted(n: number, what: string): string {
	return n === 0 ? "" : `${n} ${what}${n === 1 ? "" : "s"}`;
}

function symbols({ sections: all, symbols: named }: Relocatable): SymbolRow[] {
	return named.map((s) => ({
		name: nameOf(s, all),
		section: s.section === undefined ? "extern" : (all[s.section]?.name ?? ""),
		value: s.value,
		size: s.size,
		kind: s.kind,
		binding: s.hidden ? `${s.binding}, hidden` : s.binding,
	}));
}

function nameOf(symbol: SymbolData, all: Relocatable["sections"]): string {
	return symbol.name || (symbol.section === undefined ? "" : (all[symbol.section]?.name ?? ""));
}

function relocations({ relocatable, programs }: Explored): RelocationRow[] {
	const rows: RelocationRow[] = [];
	for (const [index, section] of relocatable.sections.entries()) {
		const code = section.kind === "code" ? decode(section.bytes) : undefined;
		for (const { offset, type, symbol } of section.relocations) {
			const to = relocatable.symbols[symbol];
			const pc = offset / INSN_SIZE;
			const before =
				code && Number.isInteger(pc) && pc < code.length
					? printLlvm(code, pc)
					: toHex(section.bytes.subarray(offset, offset + 8));
			rows.push({
				section: section.name,
				offset,
				type: relocationNames[type] ?? `${type}`,
				symbol: to ? nameOf(to, relocatable.sections) : "?",
				before,
				...(code ? placeAfter(relocatable, index, offset, programs) : {}),
			});
		}
	}
	return rows;
}

/** Where the instruction of a section ended up: in the first program that holds its function. */
function placeAfter(
	{ symbols: named }: Relocatable,
	section: number,
	offset: number,
	programs: readonly BuiltProgram[],
): Pick<RelocationRow, "after" | "program" | "pc"> {
	const inside = named.find(
		(s) =>
			s.section === section &&
			s.kind === "function" &&
			offset >= s.value &&
			offset < s.value + Math.max(s.size, 1),
	);
	for (const { spec, info } of inside ? programs : []) {
		const start = spec.functions.find((f) => f.name === inside?.name)?.insn;
		if (start === undefined) continue;
		const pc = start + (offset - (inside?.value ?? 0)) / INSN_SIZE;
		const row = info.listing.find((r) => r.pc === pc);
		if (row) return { after: row.text, program: spec.name, pc };
	}
	return {};
}

function globals({ object, maps }: Explored, btf: Btf): GlobalRow[] {
	return object.maps.flatMap((spec, index) => {
		const type = spec.btfValueTypeId === undefined ? undefined : btf.types[spec.btfValueTypeId];
		if (type?.kind !== "datasec") return [];
		const bytes = contentsOf(spec, maps?.[index]);
		return type.vars.flatMap((variable) => {
			const named = btf.types[variable.type];
			if (named?.kind !== "var") return [];
			const { offset, size } = variable;
			const slice = bytes.subarray(offset, offset + size);
			const value = typedValue(btf, named.type, slice, true);
			return [
				{
					map: spec.name,
					name: named.name,
					type: typeText(btf, named.type),
					offset,
					size,
					value: value === undefined ? toHex(slice) : toJson(value, false),
					frozen: spec.frozen ?? false,
					number: isNumber(btf, named.type),
				},
			];
		});
	});
}

function contentsOf(spec: MapSpec, map: BpfMap | undefined): Uint8Array {
	const now = map?.lookup(new Uint8Array(spec.keySize));
	if (now instanceof Uint8Array) return now;
	return spec.init?.[0]?.value ?? new Uint8Array(spec.valueSize);
}

function isNumber(btf: Btf, id: number): boolean {
	const kind = resolveType(btf, id)?.type.kind;
	return kind === "int" || kind === "enum" || kind === "enum64";
}

/** The map's whole value, in hexadecimal, with one variable changed; or what is wrong with the text. */
export function withGlobal(
	explored: Explored,
	map: string,
	name: string,
	text: string,
): { readonly value: string } | { readonly error: string } {
	const index = explored.object.maps.findIndex((m) => m.name === map);
	const spec = explored.object.maps[index];
	const btf = explored.object.btf && decodeBtf(explored.object.btf).value;
	const row = btf && globals(explored, btf).find((g) => g.map === map && g.name === name);
	if (!spec || !row) return { error: `there is no variable ${name} in ${map}` };
	const bytes = parseValue(text.trim(), row);
	if (!bytes) {
		const wanted = row.number
			? `a number of ${row.size} bytes`
			: `${2 * row.size} hexadecimal digits`;
		return { error: `${name}: ${wanted} was expected` };
	}
	const whole = contentsOf(spec, explored.maps?.[index]).slice();
	whole.set(bytes, row.offset);
	return { value: toHex(whole) };
}

function parseValue(text: string, { number, size }: GlobalRow): Uint8Array | undefined {
	if (!number) {
		const digits = text.replace(/^0x|\s/g, "");
		if (digits.length !== 2 * size || !/^[0-9a-f]*$/i.test(digits)) return undefined;
		return Uint8Array.from({ length: size }, (_, i) =>
			Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
		);
	}
	if (text === "true" || text === "false") return numberBytes(text === "true" ? 1n : 0n, size);
	if (!/^-?(0x[0-9a-f]+|\d+)$/i.test(text)) return undefined;
	const value = text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
	const most = 1n << BigInt(8 * size);
	return value >= most || value < -(most >> 1n) ? undefined : numberBytes(value, size);
}

function numberBytes(value: bigint, size: number): Uint8Array {
	const bytes = new Uint8Array(8);
	view(bytes).setBigUint64(0, BigInt.asUintN(64, value), true);
	return bytes.slice(0, size);
}

/** Rows `from` on of the types whose name holds `filter`. */
export function typeRows(
	btfBytes: Uint8Array | undefined,
	filter: string,
	from: number,
	count: number,
): { readonly total: number; readonly rows: readonly TypeRow[] } {
	const btf = btfBytes && decodeBtf(btfBytes).value;
	if (!btf) return { total: 0, rows: [] };
	const wanted = filter.toLowerCase();
	const ids: number[] = [];
	for (let id = 1; id < btf.types.length; id++) {
		const type = btf.types[id];
		const name = type && "name" in type ? type.name : "";
		if (wanted === "" || name.toLowerCase().includes(wanted)) ids.push(id);
	}
	return { total: ids.length, rows: ids.slice(from, from + count).map((id) => typeRow(btf, id)) };
}

/** One type by its id. */
export function typeById(btfBytes: Uint8Array | undefined, id: number): TypeRow | undefined {
	const btf = btfBytes && decodeBtf(btfBytes).value;
	return btf && id > 0 && id < btf.types.length ? typeRow(btf, id) : undefined;
}

function typeRow(btf: Btf, id: number): TypeRow {
	const type = btf.types[id];
	const size = sizeOf(btf, id);
	return {
		id,
		kind: type?.kind ?? "?",
		text: textOf(btf, id),
		...(size === undefined || type?.kind === "func" ? {} : { size }),
		members: type ? shownMembers(btf, id, type) : [],
	};
}

function textOf(btf: Btf, id: number): string {
	const type = btf.types[id];
	switch (type?.kind) {
		case "func":
			return prototypeText(btf, id);
		case "func_proto": {
			const params = type.params.map((p) => typeText(btf, p.type)).join(", ");
			return `${typeText(btf, type.returns)} (${params})`;
		}
		case "var":
			return `${typeText(btf, type.type)} ${type.name}`;
		case "typedef":
			return `typedef ${typeText(btf, type.type)} ${type.name}`;
		case "datasec":
			return type.name;
		case "decl_tag":
			return `"${type.name}" on [${type.type}]`;
		default:
			return typeText(btf, id);
	}
}

/** What stands behind pointers, arrays and names: the struct, union or enum, if it is one. */
function compositeOf(btf: Btf, id: number): number | undefined {
	let at = id;
	for (let steps = 0; steps < POINTERS; steps++) {
		const found = resolveType(btf, at);
		const type = found?.type;
		if (type?.kind === "ptr" || type?.kind === "array") at = type.type;
		else if (type?.kind === "struct" || type?.kind === "union") return found?.id;
		else return type?.kind === "enum" || type?.kind === "enum64" ? found?.id : undefined;
	}
	return undefined;
}

/** Members of the type, or of the struct, union or enum that it names, points to or holds. */
function shownMembers(btf: Btf, id: number, type: BtfType): TypeRow["members"] {
	const own = membersOf(btf, type);
	if (own.length > 0) return own;
	const of = compositeOf(btf, type.kind === "var" ? type.type : id);
	const composite = of === undefined ? undefined : btf.types[of];
	return composite ? membersOf(btf, composite) : own;
}

function membersOf(btf: Btf, type: BtfType): TypeRow["members"] {
	const row = (name: string, of: number, bitOffset: number, bitSize: number) => {
		const size = sizeOf(btf, of);
		const opens = compositeOf(btf, of);
		return {
			name,
			type: typeText(btf, of),
			bitOffset,
			bitSize,
			...(size === undefined ? {} : { size }),
			...(opens === undefined ? {} : { opens }),
		};
	};
	if (type.kind === "struct" || type.kind === "union")
		return type.members.map((m) => row(m.name, m.type, m.bitOffset, m.bitSize));
	if (type.kind === "datasec")
		return type.vars.map((v) => {
			const named = btf.types[v.type];
			return named?.kind === "var"
				? row(named.name, named.type, 8 * v.offset, 0)
				: row("", v.type, 8 * v.offset, 0);
		});
	if (type.kind === "func_proto") return type.params.map((p) => row(p.name, p.type, 0, 0));
	if (type.kind === "enum" || type.kind === "enum64")
		return type.values.map((v) => ({
			name: v.name,
			type: `${v.value}`,
			bitOffset: 0,
			bitSize: 0,
		}));
	return [];
}
