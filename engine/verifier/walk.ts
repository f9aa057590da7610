// Which field of a struct an access touches, by BTF (btf_struct_walk, btf_struct_access, btf_struct_ids_match of the
// kernel). Reads types only; what is wrong comes back as text.

import type { Btf, BtfMember, BtfType } from "../btf/index.ts";
import { resolveType, sizeOf } from "../btf/index.ts";
import { EACCES, EFAULT, EINVAL } from "./env.ts";

/** What lies at an offset. */
export type Walked =
	| { readonly kind: "scalar" }
	/** A pointer to struct `id`; the tag is "rcu", "percpu", "user" or absent. */
	| {
			readonly kind: "pointer";
			readonly id: number;
			readonly tag: string;
			readonly field: string;
			/** A union with several members was walked through. */
			readonly union: boolean;
	  }
	/** A pointer to something else than a struct. */
	| { readonly kind: "memory" }
	/** A struct that starts right there. */
	| { readonly kind: "struct"; readonly id: number; readonly union: boolean }
	| { readonly kind: "error"; readonly errno: number; readonly message: string };

const scalar: Walked = { kind: "scalar" };

function fault(errno: number, message: string): Walked {
	return { kind: "error", errno, message };
}

type Composite = Extract<BtfType, { kind: "struct" | "union" }>;

function asStruct(type: BtfType | undefined): Composite | undefined {
	return type?.kind === "struct" || type?.kind === "union" ? type : undefined;
}

function nameOf(type: Composite): string {
	return type.name || "(anon)";
}

interface Element {
	/** What one element is, arrays of arrays flattened. */
	readonly id: number;
	readonly type: BtfType;
	readonly count: number;
	readonly isArray: boolean;
}

function elementOf(btf: Btf, member: number): Element | undefined {
	let found = resolveType(btf, member);
	let count = 1;
	const isArray = found?.type.kind === "array";
	while (found?.type.kind === "array") {
		count *= found.type.length;
		found = resolveType(btf, found.type.type);
	}
	return found && { id: found.id, type: found.type, count, isArray };
}

/** The offset within an element of the flexible array at the end of `type`; undefined when there is none. */
function flexible(btf: Btf, type: Composite, off: number): Walked | Step | undefined {
	const last = type.members[type.members.length - 1];
	const array = last && resolveType(btf, last.type)?.type;
	if (!last || array?.kind !== "array" || array.length !== 0) return undefined;
	const start = last.bitOffset >> 3;
	if (off < start) return undefined;
	const element = resolveType(btf, array.type)?.type;
	if (element?.kind === "int") return scalar;
	const inner = asStruct(element);
	if (!inner || inner.size === 0) return undefined;
	return { type: inner, off: (off - start) % inner.size };
}

interface Step {
	readonly type: Composite;
	readonly off: number;
}

interface Place {
	readonly btf: Btf;
	readonly type: Composite;
	readonly off: number;
	readonly size: number;
	readonly union: boolean;
}

function tagOf(btf: Btf, id: number): string {
	const type = btf.types[id];
	if (type?.kind !== "type_tag") return "";
	return ["user", "percpu", "rcu"].includes(type.name) ? type.name : "";
}

/** One member; undefined: look at the next one. */
function atMember(place: Place, member: BtfMember): Walked | Step | undefined {
	const { btf, type, off, size, union } = place;
	const start = member.bitOffset >> 3;
	const element = elementOf(btf, member.type);
	const width = element && sizeOf(btf, element.id);
	if (!element || width === undefined)
		return fault(EFAULT, `field ${member.name} doesn't have size`);
	const end = start + width * element.count;
	if (off >= end || (element.isArray && start === end)) return undefined;
	const at = element.isArray ? start + Math.floor((off - start) / width) * width : start;
	const inner = asStruct(element.type);
	if (inner) {
		if (off === at) return { kind: "struct", id: element.id, union };
		return { type: inner, off: off - at };
	}
	if (element.type.kind === "ptr") {
		if (width !== size || off !== at)
			return fault(
				EACCES,
				`cannot access ptr member ${member.name} with moff ${at} in struct ${nameOf(type)} with off ${off} size ${size}`,
			);
		const target = resolveType(btf, element.type.type);
		if (!asStruct(target?.type)) return { kind: "memory" };
		const tag = tagOf(btf, element.type.type);
		return { kind: "pointer", id: target?.id ?? 0, tag, field: member.name, union };
	}
	if (off + size > end && !union)
		return fault(
			EACCES,
			`access beyond the end of member ${member.name} (mend:${end}) in struct ${nameOf(type)} with off ${off} size ${size}`,
		);
	return scalar;
}

/** The members of one struct. */
function inStruct(place: Place): Walked | Step {
	const { type, off, size } = place;
	for (const member of type.members) {
		const start = member.bitOffset >> 3;
		if (off + size <= start) break;
		if (member.bitSize !== 0) {
			const end = (member.bitOffset + member.bitSize + 7) >> 3;
			if (off <= start && end <= off + size) return scalar;
			continue;
		}
		if (off < start) break;
		const found = atMember(place, member);
		if (found) return found;
	}
	return fault(EINVAL, `struct ${nameOf(type)} doesn't have field at offset ${off}`);
}

/** btf_struct_walk: `size` bytes at `off` of type `id`. `flex`: arrays of no length may be walked. */
function walkStruct(
	btf: Btf,
	id: number,
	off: number,
	size: number,
	flex: boolean,
	inUnion = false,
): Walked {
	const found = resolveType(btf, id)?.type;
	let type = asStruct(found);
	if (!type)
		return fault(EINVAL, `Type '${found && "name" in found ? found.name : ""}' is not a struct`);
	let at = off;
	let union = inUnion;
	for (;;) {
		if (type.kind === "union" && type.members.length !== 1) union = true;
		let next: Walked | Step | undefined;
		// Linux takes an offset below the struct for a very large one.
		if ((at + size) >>> 0 > type.size) {
			next = flex && at >= 0 ? flexible(btf, type, at) : undefined;
			const message = `access beyond struct ${nameOf(type)} at off ${at >>> 0} size ${size}`;
			next ??= fault(EACCES, message);
		} else next = inStruct({ btf, type, off: at, size, union });
		if ("kind" in next) return next;
		type = next.type;
		at = next.off;
	}
}

/** btf_struct_access: as walkStruct, through structs that start where the access does. */
export function accessStruct(
	btf: Btf,
	id: number,
	off: number,
	size: number,
	flex: boolean,
): Exclude<Walked, { kind: "struct" }> {
	let found = walkStruct(btf, id, off, size, flex);
	while (found.kind === "struct") found = walkStruct(btf, found.id, 0, size, flex, found.union);
	return found;
}

/** btf_struct_ids_match: whether type `id` at `off` is, or starts with, type `need` of the same BTF. */
export function holdsStruct(
	btf: Btf,
	id: number,
	off: number,
	need: number,
	strict: boolean,
	flex: boolean,
	say: (message: string) => void,
): boolean {
	if (off === 0 && id === need) return true;
	if (strict) return false;
	let at = off;
	let type = id;
	for (;;) {
		const found = walkStruct(btf, type, at, 1, flex);
		if (found.kind === "error") say(found.message);
		if (found.kind !== "struct") return false;
		if (found.id === need) return true;
		type = found.id;
		at = 0;
	}
}
