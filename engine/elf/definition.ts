// One BTF-defined map: the struct that the `__uint`, `__ulong`, `__type` and `__array` macros of bpf_helpers.h make → MapSpec.

import { type Btf, type BtfType, resolveType, sizeOf } from "../btf/index.ts";
import type { MapSpec } from "../object/index.ts";
import type { KernelProfile } from "./kernel.ts";

/** Map types whose creation the kernel refuses with BTF types; libbpf leaves the types out. */
const withoutTypes = new Set([3, 4, 7, 8, 12, 13, 14, 15, 16, 17, 18, 22, 23, 25, 33]);
const TYPE = {
	progArray: 3,
	perfEventArray: 4,
	arrayOfMaps: 12,
	hashOfMaps: 13,
	arena: 33,
} as const;
const ringBuffers = new Set([27, 31]);

/** A map, and where in its definition the slots of `values` begin. */
export interface Slotted {
	readonly spec: MapSpec;
	readonly valuesAt?: number;
}

type Draft = { -readonly [T in keyof MapSpec]: MapSpec[T] } & { valuesAt?: number };

/** Reads the members of a map definition struct; a text is what is wrong with it. */
export function definition(
	btf: Btf,
	name: string,
	typeId: number,
	kernel: KernelProfile,
	isInner = false,
): Slotted | string {
	const struct = resolveType(btf, typeId)?.type;
	if (struct?.kind !== "struct") return "its definition is not a struct";
	const draft: Draft = { name, type: 0, keySize: 0, valueSize: 0, maxEntries: 0, flags: 0 };
	for (const member of struct.members) {
		const fault = readMember(btf, draft, member, kernel, isInner);
		if (fault !== undefined) return fault;
	}
	if (draft.type === 0) return "its definition has no type";
	if (withoutTypes.has(draft.type)) {
		delete draft.btfKeyTypeId;
		delete draft.btfValueTypeId;
	}
	if (ringBuffers.has(draft.type)) draft.maxEntries = ringSize(draft.maxEntries, kernel.pageSize);
	if (draft.type === TYPE.perfEventArray && draft.maxEntries === 0)
		draft.maxEntries = kernel.cpus ?? 0;
	if (draft.type === TYPE.arena) draft.mapped = true;
	const { valuesAt, ...spec } = draft;
	return { spec, ...(valuesAt === undefined ? {} : { valuesAt }) };
}

/** A ring's bytes are a power of two of pages; libbpf rounds up. */
function ringSize(size: number, page: number): number {
	if (size === 0) return 0;
	if (size % page === 0 && Number.isInteger(Math.log2(size / page))) return size;
	for (let whole = page; whole < 2 ** 32; whole *= 2) if (whole > size) return whole;
	return size;
}

const numbers: Readonly<Record<string, "type" | "maxEntries" | "flags" | "numaNode">> = {
	type: "type",
	max_entries: "maxEntries",
	map_flags: "flags",
	numa_node: "numaNode",
};

type Member = { readonly name: string; readonly type: number; readonly bitOffset: number };

function readMember(
	btf: Btf,
	draft: Draft,
	member: Member,
	kernel: KernelProfile,
	isInner: boolean,
): string | undefined {
	const { name, type } = member;
	const field = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
	if (field) {
		const value = arrayNumber(btf, type);
		if (value === undefined) return `member ${name} is not a pointer to an array`;
		draft[field] = value;
		return undefined;
	}
	switch (name) {
		case "key_size":
		case "value_size":
			return readSize(btf, draft, name, type);
		case "key":
		case "value":
			return readTyped(btf, draft, name, type);
		case "values":
			if (isInner) return "an inner map cannot have maps of its own";
			draft.valuesAt = member.bitOffset / 8;
			return readValues(btf, draft, type, kernel);
		case "pinning":
			return readPinning(btf, draft, type, isInner);
		case "map_extra": {
			const value = arrayNumber(btf, type) ?? enumNumber(btf, type);
			if (value === undefined) return "member map_extra is neither __uint nor __ulong";
			draft.extra = value;
			return undefined;
		}
		default:
			return `unknown member ${name}`;
	}
}

function readSize(
	btf: Btf,
	draft: Draft,
	member: "key_size" | "value_size",
	type: number,
): string | undefined {
	const value = arrayNumber(btf, type);
	if (value === undefined) return `member ${member} is not a pointer to an array`;
	return setSize(draft, member === "key_size" ? "key" : "value", value);
}

function setSize(draft: Draft, what: "key" | "value", size: number): string | undefined {
	const field = what === "key" ? "keySize" : "valueSize";
	if (draft[field] !== 0 && draft[field] !== size)
		return `two sizes of its ${what}: ${draft[field]} and ${size}`;
	draft[field] = size;
	return undefined;
}

function readTyped(
	btf: Btf,
	draft: Draft,
	member: "key" | "value",
	type: number,
): string | undefined {
	const pointer = resolveType(btf, type)?.type;
	if (pointer?.kind !== "ptr") return `member ${member} is not a pointer`;
	const size = sizeOf(btf, pointer.type);
	if (size === undefined) return `the type of ${member} has no size`;
	draft[member === "key" ? "btfKeyTypeId" : "btfValueTypeId"] = pointer.type;
	return setSize(draft, member, size);
}

function readPinning(btf: Btf, draft: Draft, type: number, isInner: boolean): string | undefined {
	if (isInner) return "an inner map cannot be pinned";
	const value = arrayNumber(btf, type);
	if (value !== 0 && value !== 1) return `pinning is ${value}, not 0 or LIBBPF_PIN_BY_NAME`;
	if (value) draft.pinned = true;
	return undefined;
}

/** `__array(values, struct …)`: the template of inner maps, or a function prototype for prog arrays. */
function readValues(
	btf: Btf,
	draft: Draft,
	type: number,
	kernel: KernelProfile,
): string | undefined {
	const { type: kind } = draft;
	if (kind !== TYPE.progArray && kind !== TYPE.arrayOfMaps && kind !== TYPE.hashOfMaps)
		return "only maps of maps and prog arrays have values";
	const array = resolveType(btf, type)?.type;
	if (array?.kind !== "array" || array.length !== 0)
		return "member values is not an array without length";
	const pointer = resolveType(btf, array.type)?.type;
	if (pointer?.kind !== "ptr") return "member values is not an array of pointers";
	const fault = setSize(draft, "value", 4);
	if (fault !== undefined) return fault;
	const element = resolveType(btf, pointer.type)?.type;
	if (kind === TYPE.progArray)
		return element?.kind === "func_proto" ? undefined : "values of a prog array are functions";
	const inner = definition(btf, `${draft.name}.inner`, pointer.type, kernel, true);
	if (typeof inner === "string") return inner;
	draft.inner = inner.spec;
	return undefined;
}

/** `__uint(member, N)` declares `int (*member)[N]`. */
function arrayNumber(btf: Btf, type: number): number | undefined {
	const pointer = resolveType(btf, type)?.type;
	if (pointer?.kind !== "ptr") return undefined;
	const array = resolveType(btf, pointer.type)?.type;
	return array?.kind === "array" ? array.length : undefined;
}

/** `__ulong(member, N)` declares an enum with one value. */
function enumNumber(btf: Btf, id: number): number | undefined {
	const outer: BtfType | undefined = resolveType(btf, id)?.type;
	const type = outer?.kind === "ptr" ? resolveType(btf, outer.type)?.type : outer;
	if (type?.kind !== "enum" && type?.kind !== "enum64") return undefined;
	return type.values[0] && Number(BigInt.asUintN(64, type.values[0].value));
}
