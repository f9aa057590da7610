// Two declarations of one symbol, in the BTF of two objects → whether they agree. The rule is libbpf's: structs are compared member
// by member, except behind pointers, where kind and name are enough.

import type { Btf, BtfType } from "../btf/index.ts";

const DEPTH = 200;
const STEPS = 100_000;

/** A type in its graph. */
export interface Typed {
	readonly btf: Btf;
	readonly id: number;
}

/** The first difference between two types as a phrase; undefined when they agree. */
export function difference(one: Typed, two: Typed): string | undefined {
	return new Comparison(one.btf, two.btf).compare(one.id, two.id, true, 0);
}

/** The first difference between two map definitions (the types of two variables in `.maps`). */
export function mapDifference(one: Typed, two: Typed): string | undefined {
	return new Comparison(one.btf, two.btf).maps(one.id, two.id, 0);
}

class Comparison {
	readonly #one: Btf;
	readonly #two: Btf;
	#steps = 0;

	constructor(one: Btf, two: Btf) {
		this.#one = one;
		this.#two = two;
	}

	compare(id1: number, id2: number, exact: boolean, depth: number): string | undefined {
		if (depth > DEPTH || ++this.#steps > STEPS) return "types too deep to compare";
		const a = plain(this.#one, id1);
		const b = plain(this.#two, id2);
		if (!exact && (a.kind === "fwd") !== (b.kind === "fwd"))
			return tag(a) === tag(b) ? undefined : `${tag(a)} and ${tag(b)}`;
		if (a.kind !== b.kind) return `${tag(a)} and ${tag(b)}`;
		if ("name" in a && "name" in b && a.name !== b.name) return `${tag(a)} and ${tag(b)}`;
		switch (a.kind) {
			case "ptr":
				return b.kind === "ptr" ? this.compare(a.type, b.type, false, depth + 1) : "";
			case "func":
			case "var":
				return "type" in b ? this.compare(a.type, targetOf(b), exact, depth + 1) : "";
			case "array":
				if (b.kind !== "array" || a.length !== b.length) return "arrays of another length";
				return this.compare(a.type, b.type, exact, depth + 1);
			case "struct":
			case "union":
				return exact ? this.#members(a, b, depth) : undefined;
			case "func_proto":
				return this.#prototypes(a, b, exact, depth);
			case "int":
			case "float":
			case "fwd":
				return JSON.stringify(a) === JSON.stringify(b) ? undefined : `${tag(a)} of another size`;
			case "enum":
			case "enum64":
				return sameValues(a, b) ? undefined : `${tag(a)} with other values`;
			default:
				return undefined;
		}
	}

	#members(a: Composite, b: BtfType, depth: number): string | undefined {
		if (!isComposite(b) || a.size !== b.size || a.members.length !== b.members.length)
			return `${tag(a)} of another size or number of members`;
		for (const [i, m] of a.members.entries()) {
			const n = b.members[i];
			if (!n || n.name !== m.name || n.bitOffset !== m.bitOffset || n.bitSize !== m.bitSize)
				return `member ${m.name || i} of ${tag(a)}`;
			const below = this.compare(m.type, n.type, true, depth + 1);
			if (below !== undefined) return `member ${m.name || i} of ${tag(a)}: ${below}`;
		}
		return undefined;
	}

	#prototypes(a: Prototype, b: BtfType, exact: boolean, depth: number): string | undefined {
		if (b.kind !== "func_proto" || a.params.length !== b.params.length)
			return "another number of parameters";
		for (const [i, p] of a.params.entries()) {
			const below = this.compare(p.type, b.params[i]?.type ?? 0, exact, depth + 1);
			if (below !== undefined) return `parameter ${i + 1}: ${below}`;
		}
		const result = this.compare(a.returns, b.returns, exact, depth + 1);
		return result === undefined ? undefined : `what it returns: ${result}`;
	}

	maps(id1: number, id2: number, depth: number): string | undefined {
		const a = fields(this.#one, id1);
		const b = fields(this.#two, id2);
		if (!a || !b || depth > 1) return "no definition of a map";
		for (const name of new Set([...a.keys(), ...b.keys()])) {
			const found = this.#field(name, a.get(name), b.get(name), depth);
			if (found !== undefined) return `${name}${found && `: ${found}`}`;
		}
		return undefined;
	}

	#field(
		name: string,
		one: number | undefined,
		two: number | undefined,
		depth: number,
	): string | undefined {
		if (one === undefined || two === undefined) return "only one of them gives it";
		const a = plain(this.#one, one);
		const b = plain(this.#two, two);
		if (name === "values" && a.kind === "array" && b.kind === "array") {
			const inner = [pointee(this.#one, a.type), pointee(this.#two, b.type)] as const;
			return plain(this.#one, inner[0]).kind === "struct"
				? this.maps(inner[0], inner[1], depth + 1)
				: undefined;
		}
		if (a.kind !== "ptr" || b.kind !== "ptr") return "not a pointer";
		const exact = name === "key" || name === "value";
		if (exact) return this.compare(a.type, b.type, true, 0);
		const [left, right] = [plain(this.#one, a.type), plain(this.#two, b.type)];
		const [x, y] = [lengthOf(left), lengthOf(right)];
		return x === y ? undefined : `${x} and ${y}`;
	}
}

type Composite = Extract<BtfType, { kind: "struct" | "union" }>;
type Prototype = Extract<BtfType, { kind: "func_proto" }>;

function isComposite(type: BtfType): type is Composite {
	return type.kind === "struct" || type.kind === "union";
}

/** The type behind typedefs, qualifiers and tags. */
function plain(btf: Btf, id: number): BtfType {
	let type = btf.types[id] ?? { kind: "void" };
	for (let i = 0; i < DEPTH; i++)
		switch (type.kind) {
			case "typedef":
			case "const":
			case "volatile":
			case "restrict":
			case "type_tag":
				type = btf.types[type.type] ?? { kind: "void" };
				continue;
			default:
				return type;
		}
	return { kind: "void" };
}

/** Members of the struct that defines a map, by name. */
function fields(btf: Btf, id: number): Map<string, number> | undefined {
	let type = plain(btf, id);
	if (type.kind === "var") type = plain(btf, type.type);
	if (type.kind === "array") type = plain(btf, type.type);
	if (type.kind !== "struct") return undefined;
	return new Map(type.members.map((m) => [m.name, m.type]));
}

function pointee(btf: Btf, id: number): number {
	const type = plain(btf, id);
	return type.kind === "ptr" ? type.type : 0;
}

function targetOf(type: BtfType): number {
	return "type" in type ? type.type : 0;
}

function lengthOf(type: BtfType): number | undefined {
	return type.kind === "array" ? type.length : undefined;
}

function tag(type: BtfType): string {
	if (type.kind === "fwd") return `${type.union ? "union" : "struct"} ${type.name}`;
	return "name" in type && type.name ? `${type.kind} ${type.name}` : type.kind;
}

function sameValues(a: BtfType & { kind: "enum" | "enum64" }, b: BtfType): boolean {
	return (
		(b.kind === "enum" || b.kind === "enum64") &&
		a.size === b.size &&
		a.values.length === b.values.length &&
		a.values.every((v, i) => v.name === b.values[i]?.name && v.value === b.values[i]?.value)
	);
}
