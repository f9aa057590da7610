// What branches teach about values: unsigned and signed ranges on one side of a comparison with a constant.

import { evaluateCompare, unsigned, widthOf } from "./evaluate.ts";
import type { Block, Instruction, Node, Predicate } from "./ir.ts";
import { inverse } from "./operators.ts";
import { Undoable } from "./undoable.ts";

/** Bounds of a value, inclusive. */
export interface Range {
	readonly min: bigint;
	readonly max: bigint;
	readonly smin: bigint;
	readonly smax: bigint;
}

/** Ranges of values, where they are known, and single values that they do not have. */
export class Facts {
	readonly #ranges = new Undoable<Node, Range>();
	/** By value and what it is not. */
	readonly #not = new Undoable<string, true>();

	get(node: Node): Range | undefined {
		return this.#ranges.get(node);
	}

	set(node: Node, range: Range): void {
		this.#ranges.set(node, range);
	}

	exclude(node: Node, value: bigint): void {
		this.#not.set(`${node.id} ${value}`, true);
	}

	excludes(node: Node, value: bigint): boolean {
		return this.#not.get(`${node.id} ${value}`) === true;
	}

	mark(): readonly [number, number] {
		return [this.#ranges.mark(), this.#not.mark()];
	}

	undo(mark: readonly [number, number]): void {
		this.#ranges.undo(mark[0]);
		this.#not.undo(mark[1]);
	}
}

function full(node: Node): Range {
	const width = BigInt(widthOf(node.type));
	const half = 1n << (width - 1n);
	return { min: 0n, max: (1n << width) - 1n, smin: -half, smax: half - 1n };
}

/** Adds what is known in `block`, whose only predecessor is `pred`. */
export function learn(facts: Facts, pred: Block, block: Block, leader: (n: Node) => Node): void {
	const t = pred.terminator;
	if (t.op !== "condbr" || t.then === t.otherwise || !t.args[0]) return;
	const condition = leader(t.args[0]);
	const holds = t.then === block;
	if (condition.op === "const") return;
	const value = holds ? 1n : 0n;
	if (condition.op === "icmp") {
		facts.set(condition, { min: value, max: value, smin: value, smax: value });
		const [a, b] = condition.args;
		if (a && b?.op === "const" && a.op !== "const") {
			const predicate = holds ? condition.predicate : inverse[condition.predicate];
			facts.set(a, narrow(facts.get(a) ?? full(a), predicate, a, b.value));
			if (predicate === "ne") facts.exclude(a, unsigned(a.type, b.value));
		}
	}
}

function narrow(range: Range, predicate: Predicate, node: Node, k: bigint): Range {
	const u = unsigned(node.type, k);
	const r = { ...range };
	switch (predicate) {
		case "eq":
			return { min: u, max: u, smin: k, smax: k };
		case "ne":
			return r;
		case "ult":
			return { ...r, max: least(r.max, u - 1n) };
		case "ule":
			return { ...r, max: least(r.max, u) };
		case "ugt":
			return { ...r, min: most(r.min, u + 1n) };
		case "uge":
			return { ...r, min: most(r.min, u) };
		case "slt":
			return { ...r, smax: least(r.smax, k - 1n) };
		case "sle":
			return { ...r, smax: least(r.smax, k) };
		case "sgt":
			return { ...r, smin: most(r.smin, k + 1n) };
		default:
			return { ...r, smin: most(r.smin, k) };
	}
}

function least(a: bigint, b: bigint): bigint {
	return a < b ? a : b;
}

function most(a: bigint, b: bigint): bigint {
	return a > b ? a : b;
}

/** Whether a comparison is decided by what is known. */
export function settled(node: Instruction & { op: "icmp" }, facts: Facts): boolean | undefined {
	const own = facts.get(node);
	if (own && own.min === own.max) return own.min !== 0n;
	const [a, b] = node.args;
	const range = a && facts.get(a);
	if (!range || b?.op !== "const") return undefined;
	const { predicate } = node;
	const k = unsigned(a.type, b.value);
	if (predicate === "eq" || predicate === "ne") {
		if (range.min === range.max && range.min === k) return predicate === "eq";
		const outside = k < range.min || k > range.max || b.value < range.smin || b.value > range.smax;
		return outside || facts.excludes(a, k) ? predicate === "ne" : undefined;
	}
	const isUnsigned = predicate.startsWith("u");
	const [low, high] = isUnsigned ? [range.min, range.max] : [range.smin, range.smax];
	const x = evaluateCompare(predicate, a.type ?? "i64", low, b.value);
	const y = evaluateCompare(predicate, a.type ?? "i64", high, b.value);
	return x === y ? x : undefined;
}
