// Special fields of map values and of objects by BTF: locks, timers, kernel pointers, list heads (btf_parse_fields and
// btf_parse_struct_metas of the kernel). Knows nothing of programs.

import type { Btf, BtfType } from "../btf/index.ts";
import { findTypes, resolveType, sizeOf } from "../btf/index.ts";
import type { MapSpec } from "../object/index.ts";
import type { GraphRoot } from "./kernelnames.ts";
import type { SpecialField } from "./maps.ts";

interface Special {
	readonly size: number;
	readonly align: number;
	/** Errors when there are two. */
	readonly unique?: boolean;
	/** Objects may have it; map values may. */
	readonly object?: boolean;
	readonly map?: boolean;
}

const structs: Readonly<Record<string, Special>> = {
	bpf_spin_lock: { size: 4, align: 4, unique: true, object: true, map: true },
	bpf_res_spin_lock: { size: 4, align: 4, unique: true, object: true, map: true },
	bpf_timer: { size: 16, align: 8, unique: true, map: true },
	bpf_wq: { size: 16, align: 8, unique: true, map: true },
	bpf_task_work: { size: 8, align: 8, unique: true, map: true },
	bpf_list_head: { size: 16, align: 8, object: true, map: true },
	bpf_list_node: { size: 24, align: 8, object: true },
	bpf_rb_root: { size: 16, align: 8, object: true, map: true },
	bpf_rb_node: { size: 32, align: 8, object: true },
	bpf_refcount: { size: 4, align: 4, object: true, map: true },
};
const pointer: Special = { size: 8, align: 8 };

const pointerTags = new Set(["kptr_untrusted", "kptr", "percpu_kptr", "uptr"]);
const nodeOf: Readonly<Record<string, string>> = {
	bpf_list_head: "bpf_list_node",
	bpf_rb_root: "bpf_rb_node",
};
const repeatable = new Set(["kptr", "uptr", "bpf_list_head", "bpf_rb_root"]);

/** Kernel structs that a map can own, since the kernel knows how to let go of them. */
const owned = new Set([
	"task_struct",
	"cgroup",
	"bpf_cpumask",
	"bpf_crypto_ctx",
	"prog_test_ref_kfunc",
	"prog_test_member",
]);

const DEPTH = 32;
/** BTF_FIELDS_MAX. */
const MOST_FIELDS = 11;
const PAGE_SIZE = 4096;
const [ENOENT, E2BIG, EACCES, EFAULT, EEXIST, EINVAL, ELOOP, EOPNOTSUPP] = [
	2, 7, 13, 14, 17, 22, 40, 95,
];

/** Special fields in the order of their offsets, or a negative error number. */
export type FieldsOrError = readonly SpecialField[] | number;

class Refusal {
	readonly errno: number;
	constructor(errno: number) {
		this.errno = errno;
	}
}

/** One search through a type. */
interface Search {
	readonly btf: Btf;
	readonly objects: boolean;
	readonly seen: Set<string>;
}

/** Where a field lies and whose declaration tags tell of it. */
interface Place {
	/** Struct or variable. */
	readonly owner: number;
	/** Position of the member, -1 for a variable. */
	readonly component: number;
	readonly offset: number;
	/** Size of the variable, 0 for members. */
	readonly expected: number;
}

/** The special fields of a value (or an object) of type `id`. `kernel`: the kernel's types, when they are known. */
export function parseFields(
	btf: Btf,
	id: number,
	objects: boolean,
	kernel: Btf | undefined,
): FieldsOrError {
	try {
		const search: Search = { btf, objects, seen: new Set() };
		const type = btf.types[id];
		let found: SpecialField[] = [];
		if (type?.kind === "struct") found = inStruct(search, id, type, MOST_FIELDS, 0);
		else if (type?.kind === "datasec")
			for (const { type: owner, offset, size } of type.vars) {
				const variable = btf.types[owner];
				const of = variable?.kind === "var" ? variable.type : 0;
				const place = { owner, component: -1, offset, expected: size };
				found.push(...inOne(search, of, place, MOST_FIELDS - found.length, 0));
			}
		return checkFields(btf, found, kernel);
	} catch (error) {
		if (error instanceof Refusal) return -error.errno;
		throw error;
	}
}

type Struct = Extract<BtfType, { kind: "struct" | "union" }>;

function inStruct(
	search: Search,
	owner: number,
	type: Struct,
	room: number,
	level: number,
): SpecialField[] {
	const found: SpecialField[] = [];
	for (const [component, member] of type.members.entries()) {
		if (member.bitOffset % 8 !== 0) throw new Refusal(EINVAL);
		const place = { owner, component, offset: member.bitOffset / 8, expected: 0 };
		found.push(...inOne(search, member.type, place, room - found.length, level));
	}
	return found;
}

function inOne(
	search: Search,
	id: number,
	place: Place,
	room: number,
	level: number,
): SpecialField[] {
	const { btf } = search;
	let [at, count] = [id, 1];
	for (let i = 0; ; i++) {
		const array = btf.types[at];
		if (array?.kind !== "array") break;
		if (i === DEPTH) throw new Refusal(E2BIG);
		count *= array.length;
		at = array.type;
	}
	if (count === 0) return [];
	const type = btf.types[at];
	if (!type) return [];
	const special = specialOf(search, type);
	if (!special && type.kind === "struct") {
		if (place.expected !== 0 && place.expected !== type.size * count) return [];
		if (level + 1 >= DEPTH) throw new Refusal(E2BIG);
		const inner = inStruct(search, at, type, room, level + 1);
		const moved = inner.map((field) => ({ ...field, offset: field.offset + place.offset }));
		return repeated(moved, count, type.size, room);
	}
	if (!special) return [];
	if (place.expected !== 0 && place.expected !== special.size * count) return [];
	if (place.offset % special.align !== 0) return [];
	const field =
		type.kind === "struct" ? structField(btf, type, place) : pointerField(search, type, place);
	if (!field) return [];
	if (room === 0) throw new Refusal(E2BIG);
	return repeated([field], count, special.size, room);
}

/** What a type is that is not looked into. */
function specialOf(search: Search, type: BtfType): Special | undefined {
	const name = "name" in type ? type.name : "";
	const found = Object.hasOwn(structs, name) ? structs[name] : undefined;
	if (found && (search.objects ? found.object : found.map)) {
		if (found.unique && search.seen.has(name)) throw new Refusal(E2BIG);
		search.seen.add(name);
		return found;
	}
	return type.kind === "struct" ? undefined : pointer;
}

function structField(btf: Btf, type: Struct, place: Place): SpecialField | undefined {
	const { offset } = place;
	const special = structs[type.name];
	if (!special || type.size !== special.size) return undefined;
	const field = { kind: type.name, offset, size: special.size };
	if (!nodeOf[type.name]) return field;
	const tags = btf.types.filter(
		(tag) =>
			tag.kind === "decl_tag" &&
			tag.type === place.owner &&
			tag.component === place.component &&
			tag.name.startsWith("contains:"),
	);
	const tag = tags[0]?.kind === "decl_tag" ? tags[0].name : "";
	const [, name = "", member] = /^contains:([^:]*):(.*)$/.exec(tag) ?? [];
	if (tags.length !== 1 || member === undefined) throw new Refusal(EINVAL);
	if (findTypes(btf, name, "struct").length === 0) throw new Refusal(ENOENT);
	if (member === "") throw new Refusal(EINVAL);
	return { ...field, tag };
}

function pointerField(
	{ btf, objects }: Search,
	type: BtfType,
	place: Place,
): SpecialField | undefined {
	const { offset } = place;
	const ptr = type.kind === "volatile" ? btf.types[type.type] : type;
	const tag = ptr?.kind === "ptr" ? btf.types[ptr.type] : undefined;
	if (tag?.kind !== "type_tag") return undefined;
	if (btf.types[tag.type]?.kind === "type_tag" || !pointerTags.has(tag.name))
		throw new Refusal(EINVAL);
	const kind = tag.name === "uptr" ? "uptr" : "kptr";
	if (kind === "uptr" && objects) return undefined;
	const target = resolveType(btf, tag.type);
	if (target?.type.kind !== "struct") throw new Refusal(EINVAL);
	return { kind, offset, size: 8, tag: tag.name, target: target.id };
}

function repeated(
	fields: SpecialField[],
	count: number,
	step: number,
	room: number,
): SpecialField[] {
	if (count === 1 || fields.length === 0) return fields;
	if (fields.some((field) => !repeatable.has(field.kind))) throw new Refusal(EINVAL);
	if (fields.length * count > room) throw new Refusal(E2BIG);
	const all: SpecialField[] = [];
	for (let i = 0; i < count; i++)
		for (const field of fields) all.push({ ...field, offset: field.offset + i * step });
	return all;
}

/** What the fields of one value need of each other. */
function checkFields(
	btf: Btf,
	fields: readonly SpecialField[],
	kernel: Btf | undefined,
): FieldsOrError {
	let next = 0;
	for (const field of fields) {
		if (field.offset < next) return -EEXIST;
		next = field.offset + field.size;
		if (field.tag === "kptr" && lacksRelease(btf, field, kernel)) return -ENOENT;
		if (nodeOf[field.kind]) {
			const error = rootError(btf, field);
			if (error < 0) return error;
		}
	}
	const has = (kind: string) => fields.some((field) => field.kind === kind);
	const lock = has("bpf_spin_lock");
	const resilient = has("bpf_res_spin_lock");
	if (lock && resilient) return -EINVAL;
	if ((has("bpf_list_head") || has("bpf_rb_root")) && !lock && !resilient) return -EINVAL;
	if (has("bpf_list_node") && has("bpf_rb_node") && !has("bpf_refcount")) return -EINVAL;
	return fields;
}

function kernelHas(btf: Btf, id: number, kernel: Btf | undefined): string | undefined {
	const type = btf.types[id];
	if (type?.kind !== "struct" || type.name === "" || !kernel) return undefined;
	return findTypes(kernel, type.name, "struct").length > 0 ? type.name : undefined;
}

function lacksRelease(btf: Btf, field: SpecialField, kernel: Btf | undefined): boolean {
	const name = kernelHas(btf, field.target ?? 0, kernel);
	return name !== undefined && !owned.has(name);
}

function rootError(btf: Btf, field: SpecialField): number {
	const value = containedStruct(btf, field);
	const members = value?.type.members.filter((m) => m.name === value.member) ?? [];
	if (members.length > 1) return -EINVAL;
	const member = members[0];
	if (!member) return -ENOENT;
	const node = btf.types[member.type];
	if (node?.kind !== "struct" || node.name !== nodeOf[field.kind]) return -EINVAL;
	return member.bitOffset % 64 === 0 ? 0 : -EINVAL;
}

function containedStruct(btf: Btf, field: SpecialField) {
	const [, name = "", member = ""] = /^contains:([^:]*):(.*)$/.exec(field.tag ?? "") ?? [];
	const id = findTypes(btf, name, "struct")[0];
	const type = id === undefined ? undefined : btf.types[id];
	return id !== undefined && type?.kind === "struct" ? { id, type, member } : undefined;
}

/** What a list head or tree root holds, by its `contains:STRUCT:FIELD` tag. */
export function graphRoot(btf: Btf, field: SpecialField): GraphRoot | undefined {
	const value = containedStruct(btf, field);
	const node = value?.type.members.find((m) => m.name === value.member);
	if (!value || !node) return undefined;
	return { kind: field.kind, value: value.id, nodeOffset: node.bitOffset >> 3 };
}

/** Structs of a program's BTF with special fields among their members, or the error for which the kernel refuses that BTF. */
export type StructTable = ReadonlyMap<number, readonly SpecialField[]>;

/** The table of a program's BTF, or a negative error number. */
export function structTable(btf: Btf, kernel: Btf | undefined): StructTable | number {
	const special = new Set<number>();
	for (const [name, { object }] of Object.entries(structs)) {
		// The kernel does not look for structs that have only a resilient lock.
		const sought = object && name !== "bpf_res_spin_lock";
		const id = sought ? findTypes(btf, name, "struct")[0] : undefined;
		if (id !== undefined) special.add(id);
	}
	const search: Search = { btf, objects: true, seen: new Set() };
	const place = { owner: 0, component: 0, offset: 0, expected: 0 };
	for (const [id, type] of btf.types.entries())
		if ((type.kind === "ptr" || type.kind === "volatile") && isPointer(search, type, place))
			special.add(id);
	const table = new Map<number, readonly SpecialField[]>();
	if (special.size === 0) return table;
	for (const [id, type] of btf.types.entries()) {
		if (type.kind !== "struct" || !type.members.some((m) => special.has(m.type))) continue;
		const fields = parseFields(btf, id, true, kernel);
		if (typeof fields === "number") return fields;
		if (fields.length === 0) return -EFAULT;
		table.set(id, fields);
	}
	return checkOwnership(btf, table);
}

function isPointer(search: Search, type: BtfType, place: Place): boolean {
	try {
		return pointerField(search, type, place) !== undefined;
	} catch (error) {
		if (error instanceof Refusal) return false;
		throw error;
	}
}

/** What may lie in a list or tree and holds one itself must not hold what holds another: no cycle of owners. */
function checkOwnership(btf: Btf, table: StructTable): StructTable | number {
	const isRoot = (field: SpecialField) => nodeOf[field.kind] !== undefined;
	for (const fields of table.values()) {
		const node = fields.some(({ kind }) => kind === "bpf_list_node" || kind === "bpf_rb_node");
		for (const field of fields.filter(isRoot)) {
			const elements = table.get(containedStruct(btf, field)?.id ?? 0);
			if (!elements) return -EFAULT;
			if (node && elements.some(isRoot)) return -ELOOP;
		}
	}
	return table;
}

const [HASH, ARRAY, PERCPU_HASH, PERCPU_ARRAY, LRU_HASH, LRU_PERCPU_HASH] = [1, 2, 5, 6, 9, 10];
const [CGROUP_STORAGE, SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE] = [
	19, 24, 28, 29, 32,
];
const storages = [SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE];
const locking = [HASH, ARRAY, CGROUP_STORAGE, ...storages];
const timing = [HASH, LRU_HASH, ARRAY];
const pointing = [HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, ARRAY, PERCPU_ARRAY, ...storages];

/** Types of map whose values may have a field. */
const mapTypes: Readonly<Record<string, readonly number[]>> = {
	bpf_spin_lock: locking,
	bpf_res_spin_lock: locking,
	bpf_timer: timing,
	bpf_wq: timing,
	bpf_task_work: timing,
	bpf_list_head: timing,
	bpf_rb_root: timing,
	bpf_refcount: pointing,
	kptr: pointing,
	uptr: [TASK_STORAGE],
};

/** What the kernel answers to a map of `type` with these fields: 0, or a negative error number. */
export function mapFieldsError(
	btf: Btf,
	fields: readonly SpecialField[],
	type: number,
	guarded: boolean,
	kernel: Btf | undefined,
): number {
	if (fields.length > 0 && guarded) return -EACCES;
	for (const { kind } of fields) if (!mapTypes[kind]?.includes(type)) return -EOPNOTSUPP;
	for (const field of fields) {
		if (field.kind !== "uptr") continue;
		const size = sizeOf(btf, field.target ?? 0) ?? 0;
		if (size === 0 || kernelHas(btf, field.target ?? 0, kernel)) return -EINVAL;
		if (size > PAGE_SIZE) return -E2BIG;
	}
	return 0;
}

/** Whether the types that a map names for key and value are as large as those are; arrays want an int of 32 bits as key. */
export function hasTypesOfSize(btf: Btf, spec: MapSpec): boolean {
	const { btfKeyTypeId: key = 0, btfValueTypeId: value = 0 } = spec;
	if (value === 0) return true;
	if (sizeOf(btf, value) !== spec.valueSize) return false;
	if (key === 0) return true;
	if (sizeOf(btf, key) !== spec.keySize) return false;
	if (spec.type !== ARRAY && spec.type !== PERCPU_ARRAY) return true;
	const type = resolveType(btf, key)?.type;
	return type?.kind === "int" && type.bits === 32 && type.bitOffset === 0;
}
