// ObjectFile → Relocatable that libbpf loads: code sections with relocations, `.text` for subprograms, maps and global data, BTF with
// function and line records. What the object carries as BTF is kept; what is missing is made.

import { type Diagnostic, type Outcome, utf8 } from "../base/index.ts";
import { type Btf, BtfBuilder, decodeBtf, type ExtRecords, encodeBtfExt } from "../btf/index.ts";
import { INSN_SIZE } from "../isa/index.ts";
import type {
	MapSpec,
	ObjectFile,
	ProgramSpec,
	Relocatable,
	SectionData,
	SymbolData,
} from "../object/index.ts";
import { writeRelocatable } from "./emit.ts";
import {
	type CodeSection,
	codeSections,
	type PlacedFunction,
	type Reference,
} from "./writecode.ts";
import { MapTypes } from "./writemaps.ts";

const R_BPF_64_ABS64 = 2;
const POINTER = 8;
const dataName = /\.(data|rodata|bss|kconfig)(\.[A-Za-z0-9_.]+)?$/;

export interface WriteOptions {
	/** Texts of the files that the programs' spans name: line records show their lines. */
	readonly sources?: Readonly<Record<string, string>>;
}

/** Writes an object as ELF. What an object cannot say (start contents of maps) is a warning that names it. */
export function writeObject(object: ObjectFile, options: WriteOptions = {}): Outcome<Uint8Array> {
	const { value, diagnostics } = relocatableOf(object, options);
	return { ...(value ? { value: writeRelocatable(value) } : {}), diagnostics };
}

/** The object before its loading rules were applied, as far as it can be had back. */
export function relocatableOf(
	object: ObjectFile,
	options: WriteOptions = {},
): Outcome<Relocatable> {
	const writer = new Writer(object, options);
	return { value: writer.write(), diagnostics: writer.diagnostics };
}

interface DraftSection {
	readonly name: string;
	readonly kind: SectionData["kind"];
	bytes: Uint8Array;
	readonly references: { offset: number; type: number; to: Reference }[];
}

type DraftSymbol = Omit<SymbolData, "section"> & { readonly section: string };
type Variable = { readonly type: number; readonly offset: number; readonly size: number };

class Writer {
	readonly diagnostics: Diagnostic[] = [];
	readonly #object: ObjectFile;
	readonly #sources: Readonly<Record<string, string>>;
	readonly #builder = new BtfBuilder();
	readonly #types: MapTypes;
	/** The types that the object came with. */
	readonly #btf: Btf | undefined;
	readonly #sections = new Map<string, DraftSection>();
	readonly #symbols: DraftSymbol[] = [];

	constructor(object: ObjectFile, options: WriteOptions) {
		this.#object = object;
		this.#sources = options.sources ?? {};
		this.#btf = object.btf && decodeBtf(object.btf).value;
		for (const type of this.#btf?.types ?? []) if (type.kind !== "void") this.#builder.add(type);
		this.#types = new MapTypes(this.#builder);
	}

	write(): Relocatable {
		const code = this.#code();
		this.#license();
		for (const map of this.#object.maps)
			if (map.declared) this.#structOps(map, map.declared);
			else if (isData(map)) this.#data(map);
		this.#maps(this.#object.maps.filter((m) => !isData(m) && !m.declared));
		this.#otherSections();
		for (const section of code) this.#codeSection(section);
		const ext = encodeBtfExt(this.#records(code), this.#builder.strings);
		const records = code.length ? { btfExt: ext } : {};
		return { ...this.#image(), btf: this.#builder.bytes(), ...records };
	}

	#lost(what: string): void {
		this.diagnostics.push({
			severity: "warning",
			id: "elf/lost",
			message: `${what} cannot be written to an object`,
		});
	}

	#section(name: string, kind: SectionData["kind"], bytes: Uint8Array): DraftSection {
		const known = this.#sections.get(name);
		if (known) return known;
		const section = { name, kind, bytes, references: [] };
		this.#sections.set(name, section);
		return section;
	}

	#symbol(section: string, name: string, value: number, size: number, local = false): void {
		const binding = local ? "local" : "global";
		this.#symbols.push({ name, section, value, size, kind: "object", binding });
	}

	/** The section of variables that the object's BTF describes, by its name. */
	#datasec(name: string): { size: number; vars: readonly Variable[] } | undefined {
		const type = this.#btf?.types.find((t) => t.kind === "datasec" && t.name === name);
		return type?.kind === "datasec" ? type : undefined;
	}

	/** Symbols of the variables in a section; true when BTF describes it. */
	#variables(section: string): boolean {
		const datasec = this.#datasec(section);
		for (const { type, offset, size } of datasec?.vars ?? []) {
			const variable = this.#btf?.types[type];
			if (variable?.kind === "var")
				this.#symbol(section, variable.name, offset, size, variable.linkage === 0);
		}
		return datasec !== undefined;
	}

	/** Symbols of a section's variables; without any BTF it is described as one global variable. */
	#describe(section: string, size: number): void {
		if (this.#variables(section) || this.#btf) return;
		const name = section.replace(/[^A-Za-z0-9_]/g, "_").replace(/^_*/, "");
		const { int } = this.#types;
		const char = this.#builder.add({
			kind: "int",
			name: "char",
			size: 1,
			bits: 8,
			bitOffset: 0,
			signed: true,
			char: true,
			bool: false,
		});
		const array = this.#builder.add({ kind: "array", type: char, index: int, length: size });
		const type = this.#builder.add({ kind: "var", name, type: array, linkage: 1 });
		const vars = [{ type, offset: 0, size }];
		this.#builder.add({ kind: "datasec", name: section, size, vars });
		this.#symbol(section, name, 0, size);
	}

	#license(): void {
		const { license, kernVersion } = this.#object;
		const text = utf8(`${license}\0`);
		const room = Math.max(text.length, bounded(this.#datasec("license")?.size ?? 0));
		const bytes = new Uint8Array(room);
		bytes.set(text);
		this.#section("license", "data", bytes);
		if (!this.#variables("license")) this.#symbol("license", "_license", 0, room);
		if (kernVersion === 0) return;
		const word = new DataView(new ArrayBuffer(4));
		word.setUint32(0, kernVersion, true);
		this.#section("version", "data", new Uint8Array(word.buffer));
		if (!this.#variables("version")) this.#symbol("version", "_version", 0, 4);
	}

	#data(map: MapSpec): void {
		const name = this.#sectionOf(map);
		const value = map.init?.[0]?.value ?? new Uint8Array(map.valueSize);
		const zero = value.every((b) => b === 0);
		if (name.startsWith(".bss") && !zero) this.#lost(`start contents of ${map.name}`);
		const kind = name.startsWith(".bss") ? "bss" : name.startsWith(".rodata") ? "readonly" : "data";
		this.#section(name, kind, kind === "bss" ? new Uint8Array(value.length) : value.slice());
		if (name !== ".rodata.kconfig") this.#describe(name, value.length);
	}

	/** The section of a map of global data. */
	#sectionOf(map: MapSpec): string {
		const type =
			map.btfValueTypeId === undefined ? undefined : this.#btf?.types[map.btfValueTypeId];
		const name = type?.kind === "datasec" ? type.name : (dataName.exec(map.name)?.[0] ?? ".data");
		return name === ".kconfig" ? ".rodata.kconfig" : name;
	}

	#structOps(map: MapSpec, declared: NonNullable<MapSpec["declared"]>): void {
		const { section: name, bytes, slots } = declared;
		const datasec = this.#datasec(name);
		const place = datasec?.vars.find((v) => {
			const type = this.#btf?.types[v.type];
			return type?.kind === "var" && type.name === map.name;
		});
		if (!datasec || !place) {
			this.#lost(`struct_ops ${map.name} without BTF`);
			return;
		}
		const section = this.#section(name, "data", new Uint8Array(bounded(datasec.size)));
		if (place.offset + bytes.length > section.bytes.length) {
			this.#lost(`struct_ops ${map.name} outside its section`);
			return;
		}
		section.bytes.set(bytes, place.offset);
		this.#symbol(name, map.name, place.offset, place.size);
		for (const { key, target } of slots)
			section.references.push({
				offset: place.offset + key,
				type: R_BPF_64_ABS64,
				to: { kind: "symbol", name: target },
			});
	}

	/** `.maps`: where the object's BTF has a map it stays, others come behind. */
	#maps(maps: readonly MapSpec[]): void {
		if (maps.length === 0) return;
		const datasec = this.#datasec(".maps");
		const vars: Variable[] = [...(datasec?.vars ?? [])];
		const named = new Map(
			vars.map((v) => {
				const type = this.#btf?.types[v.type];
				return [type?.kind === "var" ? type.name : "", v] as const;
			}),
		);
		const slots: DraftSection["references"] = [];
		let end = datasec?.size ?? 0;
		for (const map of maps) {
			if (map.init?.length) this.#initial(map);
			const place = named.get(map.name) ?? this.#declare(map, end);
			if (!named.has(map.name)) vars.push(place);
			end = Math.max(end, place.offset + place.size);
			this.#symbol(".maps", map.name, place.offset, place.size);
			const first = place.offset + this.#valuesAt(place.type);
			for (const { key, target } of map.slots ?? [])
				slots.push({
					offset: first + key * POINTER,
					type: R_BPF_64_ABS64,
					to: { kind: "symbol", name: target },
				});
		}
		this.#section(".maps", "data", new Uint8Array(bounded(end))).references.push(...slots);
		const whole = { kind: "datasec", name: ".maps", size: end, vars } as const;
		const id = this.#btf?.types.findIndex((t) => t.kind === "datasec" && t.name === ".maps") ?? -1;
		if (id > 0) this.#builder.replace(id, whole);
		else this.#builder.add(whole);
	}

	/** Contents of an arena are a section; those of other maps have no place. */
	#initial(map: MapSpec): void {
		const value = map.init?.[0]?.value;
		if (map.type !== ARENA || !value) {
			this.#lost(`start contents of map ${map.name}`);
			return;
		}
		this.#section(ARENA_DATA, "data", value.slice());
		this.#variables(ARENA_DATA);
	}

	#declare(map: MapSpec, offset: number): Variable {
		const { id, size } = this.#types.definition(map);
		const most = (map.slots ?? []).reduce((m, s) => Math.max(m, s.key), -1);
		const type = this.#builder.add({ kind: "var", name: map.name, type: id, linkage: 1 });
		this.#declared.set(type, size);
		return { type, offset, size: size + (most + 1) * POINTER };
	}

	/** Where `values` begins, of the maps that are declared here. */
	readonly #declared = new Map<number, number>();

	#valuesAt(variable: number): number {
		const own = this.#declared.get(variable);
		if (own !== undefined) return own;
		const type = this.#btf?.types[variable];
		const struct = type?.kind === "var" ? this.#btf?.types[type.type] : undefined;
		const member =
			struct?.kind === "struct" ? struct.members.find((m) => m.name === "values") : undefined;
		return (member?.bitOffset ?? 0) / 8;
	}

	/** Sections of variables that no map came of: libbpf wants their symbols all the same. */
	#otherSections(): void {
		for (const type of this.#btf?.types ?? []) {
			if (type.kind !== "datasec" || this.#sections.has(type.name)) continue;
			if (type.name === ".kconfig" || type.name === ".ksyms" || type.size > MOST_ZEROES) continue;
			this.#section(type.name, "data", new Uint8Array(type.size));
			this.#variables(type.name);
		}
	}

	#code(): CodeSection[] {
		return codeSections(this.#object.programs, {
			maps: this.#object.maps,
			mapReference: (map, kind) => {
				if (map.type === ARENA && kind === "map-value")
					return { kind: "section", name: ARENA_DATA };
				if (isData(map)) return { kind: "section", name: this.#sectionOf(map) };
				return { kind: "symbol", name: map.name };
			},
			lines: (program) => this.#lines(program),
		});
	}

	#codeSection({ name, bytes, references, functions }: CodeSection): void {
		const section = this.#section(name, "code", bytes);
		section.references.push(...references);
		for (const f of functions) {
			const binding = f.isSub && this.#isStatic(f) ? "local" : "global";
			const { value, size } = f;
			this.#symbols.push({ name: f.name, section: name, value, size, kind: "function", binding });
		}
	}

	#isStatic({ typeId }: PlacedFunction): boolean {
		const type = this.#btf?.types[typeId];
		return type?.kind !== "func" || type.linkage === "static";
	}

	#lines(program: ProgramSpec): NonNullable<ExtRecords["lines"]> {
		const btf = this.#btf;
		if (btf && program.lines.length)
			return program.lines.map((l) => ({
				insn: l.insn,
				file: btf.string(l.fileNameOff),
				text: btf.string(l.lineOff),
				line: l.lineCol >>> 10,
				column: l.lineCol & 1023,
			}));
		const { spans = [] } = program;
		//   the kernel wants a record for the first instruction of each function
		if (program.functions.some((f) => !spans[f.insn])) return [];
		const found: NonNullable<ExtRecords["lines"]>[number][] = [];
		spans.forEach((span, insn) => {
			const wide = insn > 0 && program.insns[(insn - 1) * INSN_SIZE] === WIDE;
			if (!span || (wide && program.insns[insn * INSN_SIZE] === 0)) return;
			const text = this.#sources[span.file]?.split("\n")[span.line - 1]?.trim() ?? "";
			found.push({ insn, file: span.file, text, line: span.line, column: span.column });
		});
		return found;
	}

	/** Function and line records; types of functions are made where the object has none. */
	#records(code: readonly CodeSection[]): ExtRecords[] {
		const complete = code.every((s) => s.functions.every((f) => f.typeId !== 0));
		const make = !this.#btf || !complete;
		return code.map(({ name, functions }) => ({
			section: name,
			functions: functions.map((f) => ({
				insn: f.value / INSN_SIZE,
				typeId: make ? this.#functionType(f) : f.typeId,
			})),
			lines: functions.flatMap((f) =>
				f.lines.map((l) => ({ ...l, insn: l.insn + f.value / INSN_SIZE })),
			),
		}));
	}

	#functionType({ name, isSub }: PlacedFunction): number {
		const params = isSub
			? []
			: [{ name: "ctx", type: this.#builder.add({ kind: "ptr", type: 0 }) }];
		const proto = this.#builder.add({ kind: "func_proto", returns: this.#types.int, params });
		const linkage = isSub ? "static" : "global";
		return this.#builder.add({ kind: "func", name, type: proto, linkage });
	}

	/** Names become indexes. */
	#image(): Relocatable {
		const drafts = [...this.#sections.values()];
		const index = new Map(drafts.map((s, i) => [s.name, i]));
		const symbols: SymbolData[] = drafts.map((s, section) => ({
			name: s.name,
			section,
			value: 0,
			size: 0,
			kind: "section",
			binding: "local",
		}));
		const byName = new Map<string, number>();
		for (const { section, ...symbol } of this.#symbols) {
			byName.set(symbol.name, symbols.length);
			symbols.push({ ...symbol, section: index.get(section) ?? 0 });
		}
		const find = (to: Reference) => (to.kind === "section" ? index : byName).get(to.name);
		const sections = drafts.map(({ name, kind, bytes, references }) => ({
			name,
			kind,
			align: 8,
			bytes,
			relocations: references.flatMap(({ offset, type, to }) => {
				const symbol = find(to);
				if (symbol === undefined) this.#lost(`the reference of ${name} to ${to.name}`);
				return symbol === undefined ? [] : [{ offset, type, symbol }];
			}),
		}));
		return { sections, symbols };
	}
}

const ARENA = 33;
const ARENA_DATA = ".addr_space.1";
const WIDE = 0x18;
const MOST_ZEROES = 16 << 20;

/** A size that BTF names, as far as it is believed. */
function bounded(size: number): number {
	return Math.min(size, MOST_ZEROES);
}

function isData(map: MapSpec): boolean {
	return dataName.test(map.name) && map.maxEntries === 1 && map.init !== undefined;
}
