// Bytes of an object → what its skeleton lists: maps in libbpf's order, programs, variables of the data sections. It opens nothing
// and loads nothing; what a kernel would say does not matter here.

import type { Diagnostic, Outcome } from "../base/index.ts";
import { alignOf, type Btf, type BtfType, decodeBtf, sizeOf } from "../btf/index.ts";
import { readRelocatable } from "../elf/index.ts";
import type { Relocatable } from "../object/index.ts";

/** What `bpf_object__open` finds in an object, under the identifiers that generated code uses. */
export interface Skeleton {
	/** Name of the object, a C identifier. */
	readonly name: string;
	readonly btf: Btf | undefined;
	readonly maps: readonly SkeletonMap[];
	readonly programs: readonly string[];
}

export interface SkeletonMap {
	/** As libbpf finds it, e.g. `firewall.bss`. */
	readonly name: string;
	/** As a member is called, e.g. `bss`. */
	readonly ident: string;
	/** Type of its definition in `.maps`, of a map that the object declares. */
	readonly typeId?: number;
	/** Of a data section: its variables that are not static, by rising offset. */
	readonly variables?: readonly SkeletonVariable[];
	/** Bytes of a data section. */
	readonly size?: number;
}

interface SkeletonVariable {
	readonly name: string;
	readonly ident: string;
	readonly typeId: number;
	/** In the section, in bytes. */
	readonly offset: number;
	/** What the section reserves for it. */
	readonly reserved: number;
	/** Size of its type. */
	readonly size: number;
	readonly align: number;
}

/** Reads an object; `name` is what the skeleton is called. Errors are those of the reader. */
export function readSkeleton(file: Uint8Array, name: string): Outcome<Skeleton> {
	const read = readRelocatable(file);
	if (!read.value) return { diagnostics: read.diagnostics };
	const object = read.value;
	const decoded = object.btf ? decodeBtf(object.btf) : undefined;
	if (decoded && !decoded.value) return { diagnostics: decoded.diagnostics };
	const btf = decoded?.value;
	const ident = identifier(name);
	if (!/^[A-Za-z_]/.test(ident)) return { diagnostics: [badName(name)] };
	const maps = btf ? [...declaredMaps(btf, object)] : [];
	maps.push(...dataMaps(btf, object, ident));
	if (btf) maps.push(...kconfig(btf, ident), ...structOps(btf));
	return { value: { name: ident, btf, maps, programs: programs(object) }, diagnostics: [] };
}

function badName(name: string): Diagnostic {
	return { severity: "error", id: "skeleton/name", message: `${name}: not the name of a C type` };
}

/** Letters, digits and underscores; anything else becomes an underscore. */
export function identifier(name: string): string {
	return name.replace(/[^A-Za-z0-9_]/g, "_");
}

type Section = Extract<BtfType, { kind: "datasec" }>;

function datasec(btf: Btf, name: string): Section | undefined {
	for (const type of btf.types) if (type.kind === "datasec" && type.name === name) return type;
	return undefined;
}

const VAR_STATIC = 0;

interface Placed {
	readonly name: string;
	readonly typeId: number;
	readonly offset: number;
	readonly size: number;
	readonly isStatic: boolean;
}

/** Variables of a section by rising offset; those that are not static stand where their symbol says. */
function placed(btf: Btf, section: Section, object?: Relocatable): Placed[] {
	const at = object?.sections.findIndex((s) => s.name === section.name) ?? -1;
	const found: Placed[] = [];
	for (const { type, offset, size } of section.vars) {
		const variable = btf.types[type];
		if (variable?.kind !== "var") continue;
		const { name } = variable;
		const isStatic = variable.linkage === VAR_STATIC;
		const symbol = isStatic
			? undefined
			: object?.symbols.find((s) => s.name === name && s.section === at && s.binding !== "local");
		found.push({ name, typeId: variable.type, offset: symbol?.value ?? offset, size, isStatic });
	}
	return found.sort((a, b) => a.offset - b.offset);
}

function declaredMaps(btf: Btf, object: Relocatable): SkeletonMap[] {
	const section = datasec(btf, ".maps");
	if (!section) return [];
	return placed(btf, section, object).map(({ name, typeId }) => ({ name, ident: name, typeId }));
}

function dataMaps(btf: Btf | undefined, object: Relocatable, prefix: string): SkeletonMap[] {
	const isData = (name: string, kind: string) =>
		kind === "bss" ? name === ".bss" : /^\.(ro)?data(\..*)?$/.test(name);
	return object.sections
		.filter((s) => s.kind !== "code" && isData(s.name, s.kind) && s.bytes.length > 0)
		.map((s) => {
			const section = btf && datasec(btf, s.name);
			return {
				name: mapName(s.name, prefix),
				ident: identifier(s.name.slice(1)),
				variables: btf && section ? variables(btf, placed(btf, section, object)) : [],
				size: s.bytes.length,
			};
		});
}

const NAME_LENGTH = 15;
const LEAST_SUFFIX = 7;

/** `.bss` of `firewall` is called `firewall.bss`, cut to what the kernel takes; sections of the user's own keep their name. */
function mapName(section: string, prefix: string): string {
	if (/^\.(ro)?data\./.test(section)) return section;
	const suffix = Math.max(LEAST_SUFFIX, section.length);
	return prefix.slice(0, NAME_LENGTH - suffix) + section;
}

function variables(btf: Btf, list: readonly Placed[]): SkeletonVariable[] {
	return list
		.filter((v) => !v.isStatic)
		.map((v) => ({
			name: v.name,
			ident: identifier(v.name),
			typeId: v.typeId,
			offset: v.offset,
			reserved: v.size,
			size: sizeOf(btf, v.typeId) ?? 0,
			align: alignOf(btf, v.typeId),
		}));
}

/** Externs of `.kconfig` are laid out by libbpf: by alignment, the largest first, then by size and name. */
function kconfig(btf: Btf, prefix: string): SkeletonMap[] {
	const section = datasec(btf, ".kconfig");
	if (!section || section.vars.length === 0) return [];
	const list = variables(btf, placed(btf, section)).sort(
		(a, b) => b.align - a.align || a.size - b.size || (a.name < b.name ? -1 : 1),
	);
	let end = 0;
	const laidOut = list.map((v) => {
		const offset = Math.ceil(end / v.align) * v.align;
		end = offset + v.size;
		return { ...v, offset, reserved: v.size };
	});
	return [{ name: mapName(".kconfig", prefix), ident: "kconfig", variables: laidOut, size: end }];
}

function structOps(btf: Btf): SkeletonMap[] {
	const section = datasec(btf, ".struct_ops");
	if (!section) return [];
	return section.vars.flatMap((v) => {
		const variable = btf.types[v.type];
		return variable?.kind === "var" ? [{ name: variable.name, ident: variable.name }] : [];
	});
}

/** Functions that libbpf takes as programs: those of `.text` are subprograms of the others. */
function programs(object: Relocatable): string[] {
	return object.sections.flatMap((section, at) =>
		section.kind !== "code" || section.name === ".text"
			? []
			: object.symbols
					.filter((s) => s.section === at && s.kind === "function" && s.binding !== "local")
					.map((s) => s.name),
	);
}
