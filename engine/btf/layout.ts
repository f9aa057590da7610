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

/** Alignment of a type in bytes, as C lays it out; 1 when unknown. */
export function alignOf(btf: Btf, id: number, depth = 0): number {
	const type = resolveType(btf, id)?.type;
	if (!type || depth > DEPTH) return 1;
	switch (type.kind) {
		case "int":
		case "float":
		case "enum":
		case "enum64":
			return Math.min(type.size, 8) || 1;
		case "ptr":
			return POINTER;
		case "array":
			return alignOf(btf, type.type, depth + 1);
		case "struct":
		case "union":
			return type.members.reduce((a, m) => Math.max(a, alignOf(btf, m.type, depth + 1)), 1);
		default:
			return 1;
	}
}

/** Ids of the types with this name and one of these kinds. */
export function findTypes(btf: Btf, name: string, ...kinds: BtfType["kind"][]): number[] {
	const found: number[] = [];
	btf.types.forEach((type, id) => {
		if ("name" in type && type.name === name && kinds.includes(type.kind)) found.push(id);
	});
	return found;
}
