// Sizes and resolution over a type graph. Bounded on cyclic graphs.

import type { Btf, BtfType } from "./types.ts";

const DEPTH = 32;
const POINTER = 8;

/** The type behind typedefs, qualifiers and type tags, with its id. Undefined for void, cycles and ids out of range. */
export function resolveType(
	btf: Btf,
	id: number,
): { readonly id: number; readonly type: BtfType } | undefined {
	let at = id;
	for (let i = 0; i < DEPTH; i++) {
		const type = btf.types[at];
		if (!type || type.kind === "void") return undefined;
		switch (type.kind) {
			case "typedef":
			case "const":
			case "volatile":
			case "restrict":
			case "type_tag":
			case "decl_tag":
			case "var":
				at = type.type;
				continue;
			default:
				return { id: at, type };
		}
	}
	return undefined;
}

/** Bytes that a value of the type takes; undefined when it has no size (functions, void, forward declarations, cycles). */
export function sizeOf(btf: Btf, id: number, depth = 0): number | undefined {
	const type = resolveType(btf, id)?.type;
	if (!type || depth > DEPTH) return undefined;
	switch (type.kind) {
		case "int":
		case "float":
		case "struct":
		case "union":
		case "enum":
		case "enum64":
		case "datasec":
			return type.size;
		case "ptr":
			return POINTER;
		case "array": {
			const element = sizeOf(btf, type.type, depth + 1);
			return element === undefined ? undefined : element * type.length;
		}
		default:
			return undefined;
	}
}

const NESTING = 256;

/**
 * Alignment of a type in bytes, as C lays it out; 1 when unknown. BTF does not say which structs are packed, so a struct whose
 * members or size do not fit their natural alignment counts as packed. `known` keeps results between calls over one graph.
 */
export function alignOf(
	btf: Btf,
	id: number,
	known = new Map<number, number>(),
	depth = 0,
): number {
	const found = resolveType(btf, id);
	if (!found || depth > NESTING) return 1;
	const { type } = found;
	switch (type.kind) {
		case "int":
		case "float":
		case "enum":
		case "enum64":
			return Math.min(type.size, POINTER) || 1;
		case "ptr":
			return POINTER;
		case "array":
			return alignOf(btf, type.type, known, depth + 1);
		case "struct":
		case "union": {
			const before = known.get(found.id);
			if (before !== undefined) return before;
			known.set(found.id, 1);
			const align = naturalAlign(type, (m) => alignOf(btf, m, known, depth + 1)) ?? 1;
			known.set(found.id, align);
			return align;
		}
		default:
			return 1;
	}
}

type Composite = Extract<BtfType, { kind: "struct" | "union" }>;

/** The largest alignment among the members; undefined when a member or the size does not fit it, so that it is packed. */
function naturalAlign(type: Composite, align: (id: number) => number): number | undefined {
	let most = 1;
	for (const m of type.members) {
		const own = align(m.type);
		if (m.bitSize === 0 && m.bitOffset % (8 * own) !== 0) return undefined;
		most = Math.max(most, own);
	}
	return type.size % most === 0 ? most : undefined;
}

/** Whether the layout of a struct is only possible with the attribute `packed`. */
export function isPacked(btf: Btf, type: Composite, known = new Map<number, number>()): boolean {
	return naturalAlign(type, (id) => alignOf(btf, id, known)) === undefined;
}

/** Ids of the types with this name and one of these kinds. */
export function findTypes(btf: Btf, name: string, ...kinds: BtfType["kind"][]): number[] {
	if (btf.named)
		return btf.named(name).filter((id) => kinds.includes(btf.types[id]?.kind ?? "void"));
	const found: number[] = [];
	btf.types.forEach((type, id) => {
		if ("name" in type && type.name === name && kinds.includes(type.kind)) found.push(id);
	});
	return found;
}
