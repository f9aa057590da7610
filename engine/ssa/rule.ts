// What the rewriting rules of `combine` share: how they make nodes and what they may ask.

import type { Draft } from "./edit.ts";
import type { BinaryOp, Func, Leaf, Module, Node, Predicate, Type } from "./ir.ts";
import type { KnownBits } from "./known.ts";

/** Handed to every rule by the walk that tries it. */
export interface Context {
	readonly func: Func;
	readonly module: Module | undefined;
	readonly known: KnownBits;
	const(type: Type, value: bigint | number): Leaf;
	/** A new, simplified node in front of the one at hand. */
	make(draft: Draft): Node;
	/** Whether nothing else uses the value. */
	single(node: Node): boolean;
	/** To be told of a value that an argument was set to in place. */
	use(node: Node): void;
	/** To be told that an argument is about to be set to something else in place. */
	drop(node: Node): void;
}

/** Shorthand for making a binary operation. */
export function binary(c: Context, op: BinaryOp, a: Node, b: Node): Node {
	return c.make({ op, type: a.type === "i32" ? "i32" : "i64", args: [a, b] });
}

/** Shorthand for making a comparison. */
export function compare(c: Context, predicate: Predicate, a: Node, b: Node): Node {
	return c.make({ op: "icmp", type: "i32", predicate, args: [a, b] });
}

/** The number of a constant. */
export function literal(node: Node | undefined): bigint | undefined {
	return node?.op === "const" ? node.value : undefined;
}

/** n for 2^n of a positive number. */
export function log2(value: bigint): number | undefined {
	if (value <= 0n || (value & (value - 1n)) !== 0n) return undefined;
	return value.toString(2).length - 1;
}
