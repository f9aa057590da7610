// Map declarations of an object → MapSpecs: BTF-defined maps in `.maps`, legacy `maps` sections, and the array maps that
// libbpf makes of `.data`, `.rodata`, `.bss` and `.kconfig` (docs.kernel.org/bpf/libbpf/libbpf_overview.html).

import type { Diagnostic } from "../base/index.ts";
import { view } from "../base/index.ts";
import type { Btf } from "../btf/index.ts";
import { dataMapName, type MapSpec, type Relocatable, type SectionData } from "../object/index.ts";
import { definition, type Slotted } from "./definition.ts";
import type { KernelProfile } from "./kernel.ts";

const BPF_MAP_TYPE_ARRAY = 2;
const BPF_MAP_TYPE_ARENA = 33;
const BPF_F_RDONLY_PROG = 128;
const BPF_F_MMAPABLE = 1024;
/** Largest data section that is read. */
const MAX_DATA = 16 << 20;

/** Where the maps of an object are, so that relocations find them. */
export interface MapPlaces {
	readonly specs: MapSpec[];
	/** Map index by section index and offset of its definition. */
	readonly byPlace: Map<string, number>;
	/** Map index by section index, for global data. */
	readonly bySection: Map<number, number>;
	/** Index of the `.kconfig` map. */
	kconfig?: number;
	readonly diagnostics: Diagnostic[];
}

interface MapSource {
	readonly object: Relocatable;
	readonly objectName: string;
	readonly btf: Btf | undefined;
	readonly kconfig: Uint8Array | undefined;
	readonly kernel: KernelProfile;
}

/** Collects all maps, in libbpf's order. A definition that cannot be read becomes a diagnostic that names the map. */
export function readMaps(source: MapSource): MapPlaces {
	const places: MapPlaces = {
		specs: [],
		byPlace: new Map(),
		bySection: new Map(),
		diagnostics: [],
	};
	const { sections } = source.object;
	for (const [index, section] of sections.entries()) {
		if (section.name === ".maps") btfMaps(index, section, source, places);
		else if (section.name === "maps") legacyMaps(index, section, source, places);
	}
	for (const [index, section] of sections.entries()) {
		if (isData(section)) dataMap(index, section, source, places);
		else if (section.name === ".addr_space.1") arenaData(index, section, places);
	}
	if (source.kconfig) {
		places.kconfig = places.specs.length;
		places.specs.push(arrayOf(".kconfig", source.kconfig, source, true));
	}
	return places;
}

/** `.data`, `.rodata`, `.bss` and their sub-sections. */
function isData(section: SectionData): boolean {
	return section.bytes.length > 0 && /^\.(data|rodata|bss)(\.|$)/.test(section.name);
}

function dataMap(index: number, section: SectionData, source: MapSource, places: MapPlaces): void {
	const { name, bytes } = section;
	if (bytes.length > MAX_DATA) {
		places.diagnostics.push(
			problem(name, `${bytes.length} bytes of data, at most ${MAX_DATA} are read`),
		);
		return;
	}
	if (section.relocations.length)
		places.diagnostics.push({
			severity: "warning",
			id: "elf/skipped",
			message: `section ${name}: its ${section.relocations.length} relocations are skipped, as libbpf does`,
		});
	places.bySection.set(index, places.specs.length);
	places.specs.push(arrayOf(name, bytes, source, name.startsWith(".rodata")));
}

function arrayOf(
	section: string,
	bytes: Uint8Array,
	{ btf, objectName }: MapSource,
	readOnly: boolean,
): MapSpec {
	const id = btf?.types.findIndex((t) => t.kind === "datasec" && t.name === section) ?? -1;
	const datasec = btf?.types[id];
	//   a section of static variables alone is nobody's to map into memory
	const shared =
		datasec?.kind === "datasec" &&
		datasec.vars.some((v) => {
			const variable = btf?.types[v.type];
			return variable?.kind === "var" && variable.linkage !== 0;
		});
	return {
		name: dataMapName(objectName, section),
		type: BPF_MAP_TYPE_ARRAY,
		keySize: 4,
		valueSize: bytes.length,
		maxEntries: 1,
		flags: (shared ? BPF_F_MMAPABLE : 0) | (readOnly ? BPF_F_RDONLY_PROG : 0),
		...(id > 0 ? { btfValueTypeId: id } : {}),
		init: [{ key: new Uint8Array(4), value: bytes.slice() }],
		...(readOnly ? { frozen: true } : {}),
	};
}

/** Variables in the address space of the arena: the first bytes of the arena map. */
function arenaData(index: number, section: SectionData, places: MapPlaces): void {
	if (section.bytes.length === 0) return;
	const arena = places.specs.findIndex((m) => m.type === BPF_MAP_TYPE_ARENA);
	const spec = places.specs[arena];
	if (!spec) {
		places.diagnostics.push(problem(section.name, "there is no arena map for its variables"));
		return;
	}
	places.bySection.set(index, arena);
	const init = [{ key: new Uint8Array(), value: section.bytes.slice() }];
	places.specs[arena] = { ...spec, init };
}

/** Types that BPF_ANNOTATE_KV_PAIR gave a map: a struct with the members `key` and `value`. */
function annotated(
	btf: Btf | undefined,
	map: string,
): Pick<MapSpec, "btfKeyTypeId" | "btfValueTypeId"> {
	const name = `____btf_map_${map}`;
	const pair = btf?.types.find((t) => t.kind === "struct" && t.name === name);
	if (pair?.kind !== "struct") return {};
	const [key, value] = ["key", "value"].map((n) => pair.members.find((m) => m.name === n)?.type);
	return key && value ? { btfKeyTypeId: key, btfValueTypeId: value } : {};
}

function legacyMaps(
	index: number,
	section: SectionData,
	{ object, btf }: MapSource,
	places: MapPlaces,
): void {
	const data = view(section.bytes);
	places.diagnostics.push({
		severity: "warning",
		id: "elf/legacy",
		message: "section maps: libbpf since 1.0 refuses definitions of this kind",
	});
	for (const symbol of object.symbols) {
		if (symbol.section !== index || symbol.kind === "section") continue;
		if (symbol.value + 20 > section.bytes.length) {
			places.diagnostics.push(
				problem(symbol.name, "struct bpf_map_def reaches past the section maps"),
			);
			continue;
		}
		const [type, keySize, valueSize, maxEntries, flags] = [0, 4, 8, 12, 16].map((o) =>
			data.getUint32(symbol.value + o, !object.bigEndian),
		) as [number, number, number, number, number];
		const types = annotated(btf, symbol.name);
		const spec = { name: symbol.name, type, keySize, valueSize, maxEntries, flags, ...types };
		add(places, index, symbol.value, spec);
	}
}

function add(places: MapPlaces, section: number, offset: number, spec: MapSpec): void {
	places.byPlace.set(`${section}:${offset}`, places.specs.length);
	places.specs.push(spec);
}

function problem(map: string, message: string): Diagnostic {
	return { severity: "error", id: "elf/map", message: `map ${map}: ${message}` };
}

function btfMaps(index: number, section: SectionData, source: MapSource, places: MapPlaces): void {
	const { btf, object } = source;
	const datasec = btf?.types.find((t) => t.kind === "datasec" && t.name === ".maps");
	if (!btf || datasec?.kind !== "datasec") {
		places.diagnostics.push(
			problem(".maps", "the object has no BTF that describes its maps: compile with -g"),
		);
		return;
	}
	const own = object.symbols.filter((s) => s.section === index);
	for (const entry of datasec.vars) {
		const variable = btf.types[entry.type];
		if (variable?.kind !== "var") continue;
		if (variable.linkage !== 1 || !own.some((s) => s.name === variable.name)) {
			places.diagnostics.push(
				problem(variable.name, "only declared; link the object that defines it"),
			);
			continue;
		}
		const found = definition(btf, variable.name, variable.type, source.kernel);
		if (typeof found === "string") places.diagnostics.push(problem(variable.name, found));
		else
			add(
				places,
				index,
				entry.offset,
				withSlots(found, entry.offset, entry.size, index, section, object),
			);
	}
}

/** Static initialisers of `values` are relocations in `.maps` against maps or programs. */
function withSlots(
	{ spec, valuesAt }: Slotted,
	start: number,
	size: number,
	index: number,
	section: SectionData,
	object: Relocatable,
): MapSpec {
	if (valuesAt === undefined) return spec;
	const first = start + valuesAt;
	const slots = section.relocations
		.filter((r) => r.offset >= first && r.offset < start + size)
		.map((r) => {
			const symbol = object.symbols[r.symbol];
			const inside = object.symbols.find(
				(s) =>
					symbol?.kind === "section" &&
					s.section === symbol.section &&
					s.kind !== "section" &&
					symbol.section === index,
			);
			return { key: (r.offset - first) / 8, target: (inside ?? symbol)?.name ?? "" };
		});
	return slots.length ? { ...spec, slots } : spec;
}
