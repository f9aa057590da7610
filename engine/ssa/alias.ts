// Whether two memory accesses can touch the same bytes. Objects are told apart by where an address comes from: an alloca, a symbol, or
// somewhere unknown.

import { locate } from "./edit.ts";
import { reversePostorder, successors } from "./graph.ts";
import type { Block, Func, Node } from "./ir.ts";

/** Bytes that an access touches; `size` undefined: to the end of whatever object it is. */
export interface Touch {
	readonly base: Node;
	readonly offset: number;
	readonly size: number;
	/** The alloca or symbol at the root, through variable pointer arithmetic too. */
	readonly root: Node;
}

/** The bytes at `pointer`. */
export function touch(pointer: Node, size: number): Touch {
	const { base, offset } = locate(pointer);
	let root = base;
	while (root.op === "ptradd" || root.op === "spacecast") {
		const [from] = root.args;
		if (!from) break;
		root = from;
	}
	return { base, offset, size, root };
}

/** The same start of two addresses; symbols are the same whatever the offset of the leaf. */
export function sameBase(a: Node, b: Node): boolean {
	return a === b || (a.op === "global" && b.op === "global" && a.symbol === b.symbol);
}

/** Whether two accesses may overlap. `escaped` are the allocas whose address is known elsewhere. */
export function mayOverlap(a: Touch, b: Touch, escaped: ReadonlySet<Node>): boolean {
	if (sameBase(a.base, b.base)) return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
	const [x, y] = [a.root, b.root];
	if (sameBase(x, y)) return true;
	if (isObject(x) && isObject(y)) return false;
	return mayPoint(x, y, escaped) && mayPoint(y, x, escaped);
}

/** Whether an address that starts at `other` may be one of `object`. */
function mayPoint(object: Node, other: Node, escaped: ReadonlySet<Node>): boolean {
	if (object.op === "global") return !object.apart || !comesFromElsewhere(other);
	if (object.op !== "alloca") return true;
	// Parameters were there before the alloca was.
	return escaped.has(object) && other.op !== "param";
}

/** Addresses that a symbol's own may be behind are phis and selects alone. */
function comesFromElsewhere(node: Node): boolean {
	return /^(load|call|param|inttoptr|loadacquire|atomic)$/.test(node.op);
}

function isObject(node: Node): boolean {
	return node.op === "alloca" || node.op === "global";
}

/** Allocas whose address goes anywhere but into accesses of this function. */
export function escapedAllocas(func: Func): Set<Node> {
	const escaped = new Set<Node>();
	for (const block of func.blocks)
		for (const node of [...block.phis, ...block.body, block.terminator]) addEscapes(node, escaped);
	return escaped;
}

/** Adds the allocas whose address an instruction lets out. */
export function addEscapes(node: Node, escaped: Set<Node>): void {
	switch (node.op) {
		case "load":
		case "lifetime":
		case "ptradd":
		case "spacecast":
		case "memcpy":
		case "memset":
		case "icmp":
			return;
		case "store":
			leak(node.args[1], escaped);
			return;
		default:
			for (const arg of node.args) leak(arg, escaped);
	}
}

function leak(pointer: Node | undefined, escaped: Set<Node>): void {
	let at = pointer;
	while (at?.op === "ptradd" || at?.op === "spacecast") at = at.args[0];
	if (at?.op === "alloca") escaped.add(at);
}

/** Allocas that may have escaped when control enters each block: those let out on some way to it. */
export function escapedAtEntry(func: Func): Map<Block, ReadonlySet<Node>> {
	const own = new Map<Block, Set<Node>>();
	for (const block of func.blocks) {
		const set = new Set<Node>();
		for (const node of [...block.phis, ...block.body, block.terminator]) addEscapes(node, set);
		own.set(block, set);
	}
	const entry = new Map<Block, Set<Node>>(func.blocks.map((b) => [b, new Set<Node>()]));
	const order = reversePostorder(func);
	for (let changed = true; changed; ) {
		changed = false;
		for (const block of order) {
			const before = entry.get(block) ?? new Set();
			for (const next of successors(block)) {
				const set = entry.get(next);
				const size = set?.size;
				for (const node of before) set?.add(node);
				for (const node of own.get(block) ?? []) set?.add(node);
				if (set?.size !== size) changed = true;
			}
		}
	}
	return entry;
}
