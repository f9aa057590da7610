// Map declarations of an object → MapSpecs: BTF-defined maps in `.maps`, legacy `maps` sections, and the array maps that
// libbpf makes of `.data`, `.rodata` and `.bss` (docs.kernel.org/bpf/libbpf/libbpf_overview.html).

import type { Diagnostic } from "../base/index.ts";
import { view } from "../base/index.ts";
import { type Btf, type BtfType, resolveType, sizeOf } from "../btf/index.ts";
import { dataMapName, type MapSpec } from "../object/index.ts";
import { type ElfFile, type ElfSection, type ElfSymbol, SHT_NOBITS } from "./file.ts";

const BPF_MAP_TYPE_ARRAY = 2;
const BPF_F_RDONLY_PROG = 128;
const BPF_F_MMAPABLE = 1024;
/** Largest data section that is read. */
const MAX_DATA = 16 << 20;
/** Map types whose creation the kernel refuses with BTF types; libbpf leaves the types out. */
const withoutTypes = new Set([3, 4, 7, 8, 12, 13, 14, 15, 16, 17, 18, 22, 23, 25, 33]);

/** Where the maps of an object are, so that relocations find them. */
export interface MapPlaces {
	readonly specs: MapSpec[];
	/** Map index by section index and offset of its definition. */
	readonly byPlace: Map<string, number>;
	/** Map index by section index, for global data. */
	readonly bySection: Map<number, number>;
	readonly diagnostics: Diagnostic[];
}

/** Collects all maps. A definition that cannot be read becomes a diagnostic that names the map. */
export function readMaps(elf: ElfFile, btf: Btf | undefined, objectName: string): MapPlaces {
	const places: MapPlaces = {
		specs: [],
		byPlace: new Map(),
		bySection: new Map(),
		diagnostics: [],
	};
	for (const section of elf.sections) {
		if (section.name === ".maps") btfMaps(section, elf, btf, places);
		else if (section.name === "maps") legacyMaps(section, elf, places);
		else if (isData(section)) dataMap(section, objectName, places);
	}
	return places;
}

/** `.data`, `.rodata`, `.bss` and their sub-sections. */
export function isData(section: ElfSection): boolean {
	return section.size > 0 && /^\.(data|rodata|bss)(\.|$)/.test(section.name);
}

function dataMap(section: ElfSection, objectName: string, places: MapPlaces): void {
	const readOnly = section.name.startsWith(".rodata");
	if (section.size > MAX_DATA) {
		places.diagnostics.push(
			problem(section.name, `${section.size} bytes of data, at most ${MAX_DATA} are read`),
		);
		return;
	}
	const value = new Uint8Array(section.size);
	if (section.type !== SHT_NOBITS) value.set(section.bytes);
	places.bySection.set(section.index, places.specs.length);
	places.specs.push({
		name: dataMapName(objectName, section.name),
		type: BPF_MAP_TYPE_ARRAY,
		keySize: 4,
		valueSize: section.size,
		maxEntries: 1,
		flags: BPF_F_MMAPABLE | (readOnly ? BPF_F_RDONLY_PROG : 0),
		init: [{ key: new Uint8Array(4), value }],
		...(readOnly ? { frozen: true } : {}),
	});
}

function legacyMaps(section: ElfSection, elf: ElfFile, places: MapPlaces): void {
	const data = view(section.bytes);
	for (const symbol of elf.symbols) {
		if (symbol.section !== section.index || symbol.name === section.name) continue;
		if (symbol.value + 20 > section.bytes.length) {
			places.diagnostics.push(
				problem(symbol.name, "struct bpf_map_def reaches past the section maps"),
			);
			continue;
		}
		const [type, keySize, valueSize, maxEntries, flags] = [0, 4, 8, 12, 16].map((o) =>
			data.getUint32(symbol.value + o, true),
		) as [number, number, number, number, number];
		add(places, section.index, symbol, {
			name: symbol.name,
			type,
			keySize,
			valueSize,
			maxEntries,
			flags,
		});
	}
}

function add(places: MapPlaces, section: number, symbol: ElfSymbol, spec: MapSpec): void {
	places.byPlace.set(`${section}:${symbol.value}`, places.specs.length);
	places.specs.push(spec);
}

function problem(map: string, message: string, unsupported?: string): Diagnostic {
	return {
		severity: "error",
		id: unsupported ? "elf/unsupported" : "elf/map",
		message: `map ${map}: ${message}`,
		...(unsupported ? { unsupported } : {}),
	};
}

function btfMaps(section: ElfSection, elf: ElfFile, btf: Btf | undefined, places: MapPlaces): void {
	const datasec = btf?.types.find((t) => t.kind === "datasec" && t.name === ".maps");
	if (!btf || datasec?.kind !== "datasec") {
		places.diagnostics.push(
			problem(".maps", "the object has no BTF that describes its maps: compile with -g"),
		);
		return;
	}
	for (const entry of datasec.vars) {
		const variable = btf.types[entry.type];
		if (variable?.kind !== "var") continue;
		const symbol = elf.symbols.find((s) => s.section === section.index && s.name === variable.name);
		if (!symbol) continue;
		const spec = definition(btf, variable.name, variable.type);
		if (typeof spec === "string") places.diagnostics.push(problem(variable.name, spec));
		else if ("unsupported" in spec)
			places.diagnostics.push(
				problem(
					variable.name,
					`${spec.unsupported} is not supported by Skep yet`,
					spec.unsupported,
				),
			);
		else
			add(
				places,
				section.index,
				symbol,
				withInitialSlots(spec, symbol, section, elf, btf, variable.type),
			);
	}
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads the members of a map definition struct; a text is what is wrong with it. */
function definition(
	btf: Btf,
	name: string,
	typeId: number,
): MapSpec | string | { unsupported: string } {
	const struct = resolveType(btf, typeId)?.type;
	if (struct?.kind !== "struct") return "its definition is not a struct";
	const spec: Mutable<MapSpec> = {
		name,
		type: 0,
		keySize: 0,
		valueSize: 0,
		maxEntries: 0,
		flags: 0,
	};
	for (const member of struct.members) {
		const fault = readMember(btf, spec, member.name, member.type);
		if (fault !== undefined) return fault;
	}
	if (spec.type === 0) return "its definition has no type";
	if (withoutTypes.has(spec.type)) {
		delete spec.btfKeyTypeId;
		delete spec.btfValueTypeId;
	}
	return spec;
}

function readMember(
	btf: Btf,
	spec: Mutable<MapSpec>,
	member: string,
	type: number,
): string | { unsupported: string } | undefined {
	const numbers: Record<
		string,
		"type" | "keySize" | "valueSize" | "maxEntries" | "flags" | "extra"
	> = {
		type: "type",
		key_size: "keySize",
		value_size: "valueSize",
		max_entries: "maxEntries",
		map_flags: "flags",
		map_extra: "extra",
	};
	const field = numbers[member];
	if (field) {
		const value = numberOf(btf, type);
		if (value === undefined) return `member ${member} is not a pointer to an array`;
		spec[field] = value;
		return undefined;
	}
	if (member === "key" || member === "value") return readTyped(btf, spec, member, type);
	if (member === "values") return readValues(btf, spec, type);
	if (member === "pinning" || member === "numa_node") return undefined;
	return `unknown member ${member}`;
}

function readTyped(
	btf: Btf,
	spec: Mutable<MapSpec>,
	member: "key" | "value",
	type: number,
): string | undefined {
	const pointer = resolveType(btf, type)?.type;
	if (pointer?.kind !== "ptr") return `member ${member} is not a pointer`;
	const size = sizeOf(btf, pointer.type);
	if (size === undefined) return `the type of ${member} has no size`;
	spec[member === "key" ? "keySize" : "valueSize"] = size;
	spec[member === "key" ? "btfKeyTypeId" : "btfValueTypeId"] = pointer.type;
	return undefined;
}

/** `__array(values, struct …)`: the template of inner maps, or a function prototype for prog arrays. */
function readValues(
	btf: Btf,
	spec: Mutable<MapSpec>,
	type: number,
): string | { unsupported: string } | undefined {
	const array = resolveType(btf, type)?.type;
	if (array?.kind !== "array") return "member values is not an array";
	const pointer = resolveType(btf, array.type)?.type;
	if (pointer?.kind !== "ptr") return "member values is not an array of pointers";
	spec.valueSize = 4;
	const element = resolveType(btf, pointer.type)?.type;
	if (element?.kind === "func_proto") return undefined;
	const inner = definition(btf, `${spec.name}.inner`, pointer.type);
	if (typeof inner === "string" || "unsupported" in inner) return inner;
	spec.inner = inner;
	return undefined;
}

/** `__uint(member, N)` declares `int (*member)[N]`. */
function numberOf(btf: Btf, type: number): number | undefined {
	const pointer = resolveType(btf, type)?.type;
	if (pointer?.kind !== "ptr") return undefined;
	const array = resolveType(btf, pointer.type)?.type;
	return array?.kind === "array" ? array.length : enumNumber(array);
}

/** `__ulong(member, N)` declares an enum with one value. */
function enumNumber(type: BtfType | undefined): number | undefined {
	if (type?.kind !== "enum" && type?.kind !== "enum64") return undefined;
	return type.values[0] && Number(type.values[0].value);
}

/** Static initialisers of `values` are relocations in `.maps` against maps or programs. */
function withInitialSlots(
	spec: MapSpec,
	symbol: ElfSymbol,
	section: ElfSection,
	elf: ElfFile,
	btf: Btf,
	typeId: number,
): MapSpec {
	const struct = resolveType(btf, typeId)?.type;
	const values =
		struct?.kind === "struct" ? struct.members.find((m) => m.name === "values") : undefined;
	if (!values) return spec;
	const start = symbol.value + values.bitOffset / 8;
	const slots = (elf.relocations.get(section.index) ?? [])
		.filter((r) => r.offset >= start && r.offset < symbol.value + symbol.size)
		.map((r) => ({ key: (r.offset - start) / 8, target: elf.symbols[r.symbol]?.name ?? "" }));
	return slots.length ? { ...spec, slots } : spec;
}
