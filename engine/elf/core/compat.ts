// When a local and a target type, field or member may stand for each other, by libbpf's relaxed rules: names of the roots
// are equal up to flavour, kinds agree, integers of any size are compatible, pointers are not followed.

import { type Btf, type BtfType, resolveType } from "../../btf/index.ts";
import { essentialName, nameOf } from "./spec.ts";

const DEPTH = 32;

export function sameKind(a: BtfType, b: BtfType): boolean {
	const isEnum = (t: BtfType) => t.kind === "enum" || t.kind === "enum64";
	return a.kind === b.kind || (isEnum(a) && isEnum(b));
}

function isComposite(type: BtfType): boolean {
	return type.kind === "struct" || type.kind === "union";
}

/** Whether a field of type `localId` may be read as one of type `targetId`. */
export function fieldsCompatible(
	local: Btf,
	localId: number,
	target: Btf,
	targetId: number,
	depth = 0,
): boolean {
	const a = resolveType(local, localId)?.type;
	const b = resolveType(target, targetId)?.type;
	if (!a || !b || depth > DEPTH) return false;
	if (isComposite(a) && isComposite(b)) return true;
	if (!sameKind(a, b)) return false;
	switch (a.kind) {
		case "ptr":
		case "float":
			return true;
		case "fwd":
		case "enum":
		case "enum64": {
			const [x, y] = [essentialName(nameOf(a)), essentialName(nameOf(b))];
			return x === y || x === "" || y === "";
		}
		case "int":
			return b.kind === "int" && a.bitOffset === 0 && b.bitOffset === 0;
		case "array":
			return b.kind === "array" && fieldsCompatible(local, a.type, target, b.type, depth + 1);
		default:
			return false;
	}
}

/** bpf_core_type_exists: kinds agree all the way down, names of what is pointed to do not matter. */
export function typesCompatible(
	local: Btf,
	localId: number,
	target: Btf,
	targetId: number,
	depth = 0,
): boolean {
	if (depth > DEPTH) return false;
	const a = resolveType(local, localId)?.type;
	const b = resolveType(target, targetId)?.type;
	if (!a || !b) return a === b;
	if (!sameKind(a, b)) return false;
	switch (a.kind) {
		case "struct":
		case "union":
		case "enum":
		case "enum64":
		case "fwd":
			return true;
		case "int":
			return b.kind === "int" && a.bitOffset === 0 && b.bitOffset === 0;
		case "ptr":
			return b.kind === "ptr" && typesCompatible(local, a.type, target, b.type, depth + 1);
		case "array":
			return b.kind === "array" && typesCompatible(local, a.type, target, b.type, depth + 1);
		case "func_proto":
			return (
				b.kind === "func_proto" &&
				a.params.length === b.params.length &&
				a.params.every((p, i) =>
					typesCompatible(local, p.type, target, b.params[i]?.type ?? 0, depth + 1),
				) &&
				typesCompatible(local, a.returns, target, b.returns, depth + 1)
			);
		default:
			return false;
	}
}

/** bpf_core_type_matches: every member and enumerator of the local type is in the target type, with a matching type. */
export function typesMatch(
	local: Btf,
	localId: number,
	target: Btf,
	targetId: number,
	behindPointer = false,
	depth = 0,
): boolean {
	if (depth > DEPTH) return false;
	const a = resolveType(local, localId)?.type;
	const b = resolveType(target, targetId)?.type;
	if (!a || !b) return a === b;
	if (essentialName(nameOf(a)) !== essentialName(nameOf(b))) return false;
	if (behindPointer && (a.kind === "fwd" || b.kind === "fwd")) return isForwardOf(a, b);
	if (!sameKind(a, b)) return behindPointer && isComposite(a) && isComposite(b);
	const again = (x: number, y: number, pointer: boolean) =>
		typesMatch(local, x, target, y, pointer, depth + 1);
	switch (a.kind) {
		case "int":
			return b.kind === "int" && a.size === b.size && a.signed === b.signed && a.bool === b.bool;
		case "ptr":
			return b.kind === "ptr" && again(a.type, b.type, true);
		case "array":
			return b.kind === "array" && a.length === b.length && again(a.type, b.type, behindPointer);
		case "struct":
		case "union":
			return behindPointer || membersMatch(a, b, (x, y) => again(x, y, false));
		case "enum":
		case "enum64":
			return (b.kind === "enum" || b.kind === "enum64") && enumeratorsMatch(a, b);
		case "func_proto":
			return (
				b.kind === "func_proto" &&
				a.params.length === b.params.length &&
				a.params.every((p, i) => again(p.type, b.params[i]?.type ?? 0, false)) &&
				again(a.returns, b.returns, false)
			);
		default:
			return a.kind === b.kind;
	}
}

function isForwardOf(a: BtfType, b: BtfType): boolean {
	const union = (t: BtfType) => (t.kind === "fwd" ? t.union : t.kind === "union");
	const fits = (t: BtfType) => t.kind === "fwd" || isComposite(t);
	return fits(a) && fits(b) && union(a) === union(b);
}

type Composite = BtfType & { kind: "struct" | "union" };

function membersMatch(a: Composite, b: BtfType, match: (x: number, y: number) => boolean): boolean {
	if (b.kind !== "struct" && b.kind !== "union") return false;
	return a.members.every((m) => b.members.some((n) => n.name === m.name && match(m.type, n.type)));
}

function enumeratorsMatch(
	a: BtfType & { kind: "enum" | "enum64" },
	b: BtfType & { kind: "enum" | "enum64" },
): boolean {
	if (a.size !== b.size) return false;
	return a.values.every((v) =>
		b.values.some((w) => essentialName(w.name) === essentialName(v.name)),
	);
}
