// When a local and a target type, field or member may stand for each other, by libbpf's relaxed rules: names of the roots
// are equal up to flavour, kinds agree, integers of any size are compatible, pointers are not followed.

import { type Btf, type BtfMember, type BtfType, resolveType } from "../../btf/index.ts";
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

/** Steps that one question may take: types of hostile BTF may contain themselves. */
const MOST_STEPS = 100_000;

/** bpf_core_type_exists: kinds agree all the way down, names of what is pointed to do not matter. */
export function typesCompatible(
	local: Btf,
	localId: number,
	target: Btf,
	targetId: number,
): boolean {
	return new Comparison(local, target).compatible(localId, targetId, 0);
}

/** bpf_core_type_matches: every member and enumerator of the local type is in the target type, with a matching type. */
export function typesMatch(local: Btf, localId: number, target: Btf, targetId: number): boolean {
	return new Comparison(local, target).match(localId, targetId, false, 0);
}

type FuncProto = BtfType & { kind: "func_proto" };

class Comparison {
	readonly #local: Btf;
	readonly #target: Btf;
	#left = MOST_STEPS;

	constructor(local: Btf, target: Btf) {
		this.#local = local;
		this.#target = target;
	}

	#goesOn(depth: number): boolean {
		return depth <= DEPTH && this.#left-- > 0;
	}

	compatible(localId: number, targetId: number, depth: number): boolean {
		if (!this.#goesOn(depth)) return false;
		const a = resolveType(this.#local, localId)?.type;
		const b = resolveType(this.#target, targetId)?.type;
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
				return b.kind === "ptr" && this.compatible(a.type, b.type, depth + 1);
			case "array":
				return b.kind === "array" && this.compatible(a.type, b.type, depth + 1);
			case "func_proto":
				return (
					b.kind === "func_proto" &&
					this.#prototypes(a, b, (x, y) => this.compatible(x, y, depth + 1))
				);
			default:
				return false;
		}
	}

	#prototypes(a: FuncProto, b: FuncProto, agree: (x: number, y: number) => boolean): boolean {
		return (
			a.params.length === b.params.length &&
			a.params.every((p, i) => agree(p.type, b.params[i]?.type ?? 0)) &&
			agree(a.returns, b.returns)
		);
	}

	match(localId: number, targetId: number, behindPointer: boolean, depth: number): boolean {
		if (!this.#goesOn(depth)) return false;
		const a = resolveType(this.#local, localId)?.type;
		const b = resolveType(this.#target, targetId)?.type;
		if (!a || !b) return a === b;
		if (!sameName(nameOf(a), nameOf(b))) return false;
		if (a.kind === "fwd" || (behindPointer && b.kind === "fwd"))
			return (behindPointer || a.kind === b.kind) && isForwardOf(a, b);
		if (!sameKind(a, b)) return false;
		const again = (x: number, y: number, pointer: boolean) => this.match(x, y, pointer, depth + 1);
		switch (a.kind) {
			case "int":
				return b.kind === "int" && a.size === b.size && a.signed === b.signed;
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
					b.kind === "func_proto" && this.#prototypes(a, b, (x, y) => again(x, y, behindPointer))
				);
			default:
				return false;
		}
	}
}

function sameName(a: string, b: string): boolean {
	return essentialName(a) === essentialName(b);
}

/** Whether one of the two is a forward declaration of the other's kind. */
function isForwardOf(a: BtfType, b: BtfType): boolean {
	const union = (t: BtfType) => (t.kind === "fwd" ? t.union : t.kind === "union");
	const fits = (t: BtfType) => t.kind === "fwd" || isComposite(t);
	return fits(a) && fits(b) && union(a) === union(b);
}

type Composite = BtfType & { kind: "struct" | "union" };

function membersMatch(a: Composite, b: BtfType, match: (x: number, y: number) => boolean): boolean {
	if (b.kind !== "struct" && b.kind !== "union") return false;
	if (a.members.length > b.members.length) return false;
	const named = new Map<string, BtfMember[]>();
	for (const n of b.members) {
		const key = essentialName(n.name);
		const known = named.get(key);
		if (known) known.push(n);
		else named.set(key, [n]);
	}
	return a.members.every((m) =>
		(named.get(essentialName(m.name)) ?? []).some((n) => match(m.type, n.type)),
	);
}

type Enumeration = BtfType & { kind: "enum" | "enum64" };

function enumeratorsMatch(a: Enumeration, b: Enumeration): boolean {
	if (a.size !== b.size || a.values.length > b.values.length) return false;
	const names = new Set(b.values.map((w) => essentialName(w.name)));
	return a.values.every((v) => names.has(essentialName(v.name)));
}
