// Type graph → the same graph with every type once. Works in the phases of libbpf's btf__dedup and keeps the first of each set of
// equal types, so that ids come out in libbpf's order. Takes any graph that `decodeBtf` accepts; bounded on hostile ones.

import type { Diagnostic, Outcome } from "../base/index.ts";
import { isFull, sameEnum, samePlain, sameShape, shapeKey } from "./equal.ts";
import { remap } from "./remap.ts";
import type { Btf, BtfType } from "./types.ts";

/** What is left of a graph, and where each of its types went. */
export interface Deduplicated {
	/** The types with ids `firstId` and up, references renumbered. */
	readonly types: readonly BtfType[];
	/** New id of each old one. */
	readonly map: readonly number[];
}

/** Removes duplicates, also against the base of split BTF, whose types stay as they are. Variables and sections are never merged. */
export function dedupBtf(btf: Btf): Outcome<Deduplicated> {
	const work = new Dedup(btf);
	const problem = work.run();
	if (problem)
		return {
			diagnostics: [
				{ severity: "error", id: "btf/dedup", message: `BTF: ${problem}` } satisfies Diagnostic,
			],
		};
	return { value: work.compact(), diagnostics: [] };
}

const UNMAPPED = -1;
const IN_PROGRESS = -2;
const DEPTH = 1000;
const STEPS = 50_000_000;
const SAME_STRUCT_DEPTH = 32;

type Composite = Extract<BtfType, { kind: "struct" | "union" }>;

class Dedup {
	readonly #types: BtfType[];
	readonly #first: number;
	/** Old id → id of an equal type, to be followed to its end. */
	readonly #map: Int32Array;
	readonly #table = new Map<string, number[]>();
	/** While two graphs are compared: type of the known graph → type of the candidate. */
	readonly #guess = new Map<number, number>();
	#adjustsBase = false;
	#steps = 0;
	#problem: string | undefined;

	constructor(btf: Btf) {
		this.#types = [...btf.types];
		this.#first = btf.firstId;
		this.#map = new Int32Array(btf.types.length).fill(UNMAPPED);
	}

	run(): string | undefined {
		this.#prepare();
		for (let id = this.#first; id < this.#types.length; id++) this.#primitive(id);
		for (let id = this.#first; id < this.#types.length; id++) this.#composite(id);
		this.#resolveForwards();
		for (let id = this.#first; id < this.#types.length; id++) this.#reference(id, 0);
		return this.#problem;
	}

	compact(): Deduplicated {
		const ids = new Array<number>(this.#types.length).fill(0);
		let next = this.#first;
		for (let id = 0; id < this.#types.length; id++)
			if (id < this.#first) ids[id] = id;
			else if (this.#map[id] === id) ids[id] = next++;
		const map = this.#types.map((_, id) => ids[this.#resolve(id)] ?? 0);
		const types: BtfType[] = [];
		this.#types.forEach((type, id) => {
			if (id >= this.#first && this.#map[id] === id) types.push(remap(type, (to) => map[to] ?? 0));
		});
		return { types, map };
	}

	#step(): boolean {
		if (++this.#steps > STEPS) this.#problem ??= "too many similar types to compare";
		return this.#problem === undefined;
	}

	#type(id: number): BtfType {
		return this.#types[id] ?? { kind: "void" };
	}

	#resolve(id: number): number {
		let at = id;
		for (let to = this.#map[at] ?? at; to >= 0 && to !== at; to = this.#map[at] ?? at) at = to;
		return at;
	}

	#isMapped(id: number): boolean {
		return (this.#map[id] ?? UNMAPPED) >= 0;
	}

	/** Types of the base stand for themselves and are candidates for all others. */
	#prepare(): void {
		this.#map[0] = 0;
		for (let id = 1; id < this.#types.length; id++) {
			const type = this.#type(id);
			if (id >= this.#first) {
				if (type.kind === "var" || type.kind === "datasec") this.#map[id] = id;
				continue;
			}
			this.#map[id] = id;
			this.#remember(shapeKey(type), id);
		}
	}

	#candidates(key: string): readonly number[] {
		return this.#table.get(key) ?? [];
	}

	#remember(key: string, id: number): void {
		const known = this.#table.get(key);
		if (known) known.unshift(id);
		else this.#table.set(key, [id]);
	}

	/** Maps `id` to `to`; a type that is its own is a candidate from now on. */
	#settle(id: number, to: number, key: string): void {
		this.#map[id] = to;
		if (id === to) this.#remember(key, id);
	}

	#primitive(id: number): void {
		const type = this.#type(id);
		switch (type.kind) {
			case "int":
			case "float":
			case "fwd": {
				const key = shapeKey(type);
				const found = this.#candidates(key).find((c) => samePlain(type, this.#type(c)));
				this.#settle(id, found ?? id, key);
				return;
			}
			case "enum":
			case "enum64":
				this.#enumeration(id, type);
		}
	}

	/** An enum without values is a forward declaration of one that has them. */
	#enumeration(id: number, type: BtfType & { kind: "enum" | "enum64" }): void {
		const key = shapeKey(type);
		let to = id;
		for (const candidate of this.#candidates(key)) {
			if (!this.#step()) return;
			const other = this.#type(candidate);
			if (!sameEnum(type, other)) continue;
			if (samePlain(type, other) || !isFull(type)) {
				to = candidate;
				break;
			}
			if (candidate >= this.#first) this.#map[candidate] = id;
		}
		this.#settle(id, to, key);
	}

	#composite(id: number): void {
		const type = this.#type(id);
		if (!isComposite(type) || this.#isMapped(id)) return;
		const key = shapeKey(type);
		for (const candidate of this.#candidates(key)) {
			if (!this.#step()) return;
			this.#guess.clear();
			this.#adjustsBase = false;
			if (!sameShape(type, this.#type(candidate)) || !this.#equivalent(id, candidate)) continue;
			this.#confirm();
			if (this.#adjustsBase) continue;
			this.#map[id] = candidate;
			return;
		}
		this.#settle(id, id, key);
	}

	/** Whether the graphs below two types are the same, forward declarations standing for what they declare. */
	#equivalent(candidate: number, known: number): boolean {
		const work = [candidate, known];
		while (work.length > 0) {
			if (!this.#step()) return false;
			const right = work.pop() ?? 0;
			const left = work.pop() ?? 0;
			const below = this.#pair(left, right);
			if (!below) return false;
			for (let i = below.length - 2; i >= 0; i -= 2) work.push(below[i] ?? 0, below[i + 1] ?? 0);
		}
		return true;
	}

	/** Compares two types without what they refer to; gives the pairs that are to be the same, undefined when they differ. */
	#pair(left: number, right: number): readonly number[] | undefined {
		if (this.#resolve(left) === this.#resolve(right)) return [];
		const known = this.#behindForward(right);
		const before = this.#guess.get(known);
		if (before !== undefined)
			return before === left || this.#identical(before, left, 0) ? [] : undefined;
		this.#guess.set(known, left);
		const a = this.#type(left);
		const b = this.#type(known);
		if (nameOf(a) !== nameOf(b)) return undefined;
		if ((a.kind === "fwd") !== (b.kind === "fwd")) return this.#forwardPair(a, b, known);
		if (a.kind === "enum" || a.kind === "enum64")
			return a.kind === b.kind && sameEnum(a, b) ? [] : undefined;
		if (!sameShape(a, b)) return undefined;
		return pairs(a, b);
	}

	#forwardPair(a: BtfType, b: BtfType, known: number): readonly number[] | undefined {
		const [forward, real] = a.kind === "fwd" ? [a, b] : [b, a];
		if (forward.kind !== "fwd" || real.kind !== (forward.union ? "union" : "struct"))
			return undefined;
		if (b.kind === "fwd" && known < this.#first) this.#adjustsBase = true;
		return [];
	}

	/** Follows forward declarations that have been resolved. */
	#behindForward(id: number): number {
		return this.#type(id).kind === "fwd" ? this.#resolve(id) : id;
	}

	/** Compilers write the same array or struct more than once into one object; such copies count as one. */
	#identical(one: number, two: number, depth: number): boolean {
		if (!this.#step() || depth > SAME_STRUCT_DEPTH) return false;
		const a = this.#type(one);
		const b = this.#type(two);
		if (a.kind === "array" && b.kind === "array")
			return a.length === b.length && a.type === b.type && a.index === b.index;
		if (!isComposite(a) || !isComposite(b) || !sameShape(a, b)) return false;
		return a.members.every((m, i) => {
			const to = b.members[i]?.type ?? 0;
			return m.type === to || this.#identical(m.type, to, depth + 1);
		});
	}

	/** What was assumed while comparing has proved true. */
	#confirm(): void {
		for (const [known, candidate] of this.#guess) {
			const c = this.#resolve(known);
			const t = this.#resolve(candidate);
			const cKind = this.#type(c).kind;
			const tType = this.#type(t);
			if (tType.kind !== "fwd" && cKind === "fwd") {
				if (c >= this.#first) this.#map[c] = t;
			} else if (tType.kind === "fwd" && cKind !== "fwd") this.#map[t] = c;
			if (isComposite(tType) && cKind !== "fwd" && this.#isMapped(c) && !this.#isMapped(t))
				this.#map[t] = c;
		}
	}

	/** A forward declaration that nothing tied to a definition goes to the only struct or union of its name. */
	#resolveForwards(): void {
		const named = new Map<string, number>();
		this.#types.forEach((type, id) => {
			if (!isComposite(type) || type.name === "" || this.#map[id] !== id) return;
			named.set(type.name, named.has(type.name) ? 0 : id);
		});
		for (let id = this.#first; id < this.#types.length; id++) {
			const type = this.#type(id);
			if (type.kind !== "fwd" || this.#map[id] !== id) continue;
			const to = named.get(type.name) ?? 0;
			if (this.#type(to).kind === (type.union ? "union" : "struct")) this.#map[id] = to;
		}
	}

	/** Merges pointers, qualifiers, typedefs, arrays, functions and tags once what they refer to is settled. */
	#reference(id: number, depth: number): number {
		const state = this.#map[id] ?? 0;
		if (state >= 0) return this.#resolve(id);
		if (state === IN_PROGRESS || depth > DEPTH || !this.#step()) {
			this.#problem ??=
				state === IN_PROGRESS ? `type ${id} refers to itself` : `type ${id} is nested too deeply`;
			return id;
		}
		this.#map[id] = IN_PROGRESS;
		const type = remap(this.#type(id), (to) => this.#reference(to, depth + 1));
		this.#types[id] = type;
		const key = referenceKey(type);
		this.#settle(id, this.#candidates(key)[0] ?? id, key);
		return this.#map[id] ?? id;
	}
}

/** Types with equal keys are equal: what they refer to is settled already. */
function referenceKey(type: BtfType): string {
	return `=${JSON.stringify(type)}`;
}

function pairs(a: BtfType, b: BtfType): readonly number[] {
	if (isComposite(a) && isComposite(b))
		return a.members.flatMap((m, i) => [m.type, b.members[i]?.type ?? 0]);
	if (a.kind === "func_proto" && b.kind === "func_proto")
		return [a.returns, b.returns, ...a.params.flatMap((p, i) => [p.type, b.params[i]?.type ?? 0])];
	if (a.kind === "array" && b.kind === "array") return [a.index, b.index, a.type, b.type];
	if (a.kind !== "datasec" && b.kind !== "datasec" && "type" in a && "type" in b)
		return [a.type, b.type];
	return [];
}

function nameOf(type: BtfType): string {
	return "name" in type ? type.name : "";
}

function isComposite(type: BtfType): type is Composite {
	return type.kind === "struct" || type.kind === "union";
}
