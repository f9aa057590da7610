// Two types → whether they are the same, leaving aside what they refer to. Keys under which such types can be found.

import type { BtfType } from "./types.ts";

/** A text that is equal for types that may turn out equal. Of enums only the name counts: one may be a forward declaration. */
export function shapeKey(type: BtfType): string {
	switch (type.kind) {
		case "enum":
		case "enum64":
			return `enum ${type.name}`;
		case "struct":
		case "union":
			return `${type.kind} ${type.name}\0${type.size}\0${memberKey(type)}`;
		case "int":
		case "float":
		case "fwd":
			return `${type.kind} ${type.name}`;
		default:
			return `=${JSON.stringify(type)}`;
	}
}

function memberKey(type: BtfType & { kind: "struct" | "union" }): string {
	return type.members.map((m) => `${m.name} ${m.bitOffset} ${m.bitSize}`).join("\0");
}

/** Equality of types that refer to no other: integers, floats, enums, forward declarations. */
export function samePlain(a: BtfType, b: BtfType): boolean {
	if ((a.kind === "enum" || a.kind === "enum64") && a.kind === b.kind) return sameValues(a, b);
	return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}

type Enumeration = Extract<BtfType, { kind: "enum" | "enum64" }>;

function sameValues(a: Enumeration, b: BtfType & { kind: "enum" | "enum64" }): boolean {
	return (
		a.name === b.name &&
		a.size === b.size &&
		a.signed === b.signed &&
		a.values.length === b.values.length &&
		a.values.every((v, i) => v.name === b.values[i]?.name && v.value === b.values[i]?.value)
	);
}

/** Whether an enum has values; one without is a forward declaration. */
export function isFull(type: Enumeration): boolean {
	return type.values.length > 0;
}

/** Equality of enums in which a forward declaration equals any enum of its name. */
export function sameEnum(a: Enumeration, b: BtfType): boolean {
	if (b.kind !== "enum" && b.kind !== "enum64") return false;
	return isFull(a) && isFull(b) ? samePlain(a, b) : a.name === b.name;
}

/** Equality but for the ids that the types refer to. */
export function sameShape(a: BtfType, b: BtfType): boolean {
	switch (a.kind) {
		case "struct":
		case "union":
			return (
				b.kind === a.kind &&
				a.name === b.name &&
				a.size === b.size &&
				a.members.length === b.members.length &&
				a.members.every((m, i) => {
					const n = b.members[i];
					return m.name === n?.name && m.bitOffset === n.bitOffset && m.bitSize === n.bitSize;
				})
			);
		case "array":
			return b.kind === "array" && a.length === b.length;
		case "func_proto":
			return (
				b.kind === "func_proto" &&
				a.params.length === b.params.length &&
				a.params.every((p, i) => p.name === b.params[i]?.name)
			);
		case "func":
			return b.kind === "func" && a.name === b.name && a.linkage === b.linkage;
		case "typedef":
			return b.kind === "typedef" && a.name === b.name;
		case "type_tag":
			return b.kind === "type_tag" && a.name === b.name && a.attribute === b.attribute;
		case "ptr":
		case "volatile":
		case "const":
		case "restrict":
		case "void":
			return a.kind === b.kind;
		case "decl_tag":
		case "var":
		case "datasec":
			return false;
		default:
			return samePlain(a, b);
	}
}
