// A CO-RE access, resolved against one BTF: which root type, which members and elements, at which bit offset. The local access
// comes from the access string that the compiler wrote; the target's is found by matching names (docs.kernel.org/bpf/libbpf).

import { type Btf, type BtfType, resolveType, sizeOf } from "../../btf/index.ts";

/** enum bpf_core_relo_kind. */
export const relocationKind = {
	FIELD_BYTE_OFFSET: 0,
	FIELD_BYTE_SIZE: 1,
	FIELD_EXISTS: 2,
	FIELD_SIGNED: 3,
	FIELD_LSHIFT_U64: 4,
	FIELD_RSHIFT_U64: 5,
	TYPE_ID_LOCAL: 6,
	TYPE_ID_TARGET: 7,
	TYPE_EXISTS: 8,
	TYPE_SIZE: 9,
	ENUMVAL_EXISTS: 10,
	ENUMVAL_VALUE: 11,
	TYPE_MATCHES: 12,
} as const;

export function isField(kind: number): boolean {
	return kind <= relocationKind.FIELD_RSHIFT_U64;
}

export function isEnumValue(kind: number): boolean {
	return kind === relocationKind.ENUMVAL_EXISTS || kind === relocationKind.ENUMVAL_VALUE;
}

/** One step of an access: a named member of a struct or union, or an element of an array (no name). */
export interface Step {
	readonly type: number;
	readonly index: number;
	readonly name?: string;
}

export interface Access {
	readonly btf: Btf;
	readonly root: number;
	readonly kind: number;
	readonly steps: readonly Step[];
	readonly bitOffset: number;
}

const MAX_STEPS = 64;
const MOST_INDEX = 2 ** 31 - 1;

/** A name without its flavour: `task_struct___old` → `task_struct`. */
export function essentialName(name: string): string {
	for (let i = name.length - 5; i >= 0; i--) {
		const flavour = name.slice(i + 1, i + 4) === "___" && name[i] !== "_" && name[i + 4] !== "_";
		if (flavour) return name.slice(0, i + 1);
	}
	return name;
}

/** The name of a type; "" for types without one. */
export function nameOf(type: BtfType | undefined): string {
	return type && "name" in type ? type.name : "";
}

/** Reads an access string; a text says what is wrong with it. */
export function localAccess(btf: Btf, root: number, kind: number, text: string): Access | string {
	if (!/^\d+(:\d+)*$/.test(text)) return `access string "${text}"`;
	const indexes = text.split(":").map(Number);
	if (indexes.length > MAX_STEPS) return "access string is too long";
	if (indexes.some((i) => i > MOST_INDEX)) return `access string "${text}"`;
	const first = indexes[0] ?? 0;
	if (!isField(kind) && !isEnumValue(kind))
		return text === "0"
			? { btf, root, kind, steps: [], bitOffset: 0 }
			: `access string "${text}" of a type`;
	if (isEnumValue(kind)) return enumAccess(btf, root, kind, first);
	const size = sizeOf(btf, root);
	if (size === undefined) return "the type has no size";
	return walk(
		{ btf, root, kind, steps: [{ type: root, index: first }], bitOffset: first * size * 8 },
		indexes.slice(1),
	);
}

function enumAccess(btf: Btf, root: number, kind: number, index: number): Access | string {
	const type = resolveType(btf, root)?.type;
	const value = type?.kind === "enum" || type?.kind === "enum64" ? type.values[index] : undefined;
	if (!value) return "no such enumerator";
	return { btf, root, kind, steps: [{ type: root, index, name: value.name }], bitOffset: 0 };
}

function walk(start: Access, indexes: readonly number[]): Access | string {
	const { btf } = start;
	const steps = [...start.steps];
	let { bitOffset } = start;
	let at = start.root;
	for (const index of indexes) {
		const found = resolveType(btf, at);
		if (!found) return "the path leaves the type";
		const { id, type } = found;
		if (type.kind === "struct" || type.kind === "union") {
			const member = type.members[index];
			if (!member) return `${type.kind} ${type.name} has no member ${index}`;
			bitOffset += member.bitOffset;
			if (member.name) steps.push({ type: id, index, name: member.name });
			at = member.type;
		} else if (type.kind === "array") {
			const element = resolveType(btf, type.type);
			const size = element && sizeOf(btf, element.id);
			if (!element || size === undefined) return "an array element has no size";
			if (index >= type.length && !isFlexible(start, steps, type))
				return `array index ${index} of ${type.length}`;
			steps.push({ type: element.id, index });
			bitOffset += index * size * 8;
			at = element.id;
		} else return `the path goes into a ${type.kind}`;
	}
	return { ...start, steps, bitOffset };
}

/** An array without length that is the last member of its struct. */
export function isFlexible(
	access: Pick<Access, "btf">,
	steps: readonly Step[],
	array: BtfType & { kind: "array" },
): boolean {
	const last = steps[steps.length - 1];
	if (!last?.name || array.length > 0) return false;
	const owner = access.btf.types[last.type];
	return owner?.kind === "struct" && last.index === owner.members.length - 1;
}
