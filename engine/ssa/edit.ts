// Bookkeeping that passes share: who uses a value, and edits collected on a walk and applied together afterwards.

import { constant } from "./build.ts";
import { replaceUses } from "./graph.ts";
import type { Block, Func, Instruction, Leaf, Node, Phi, Place, Size, Type } from "./ir.ts";
import { makeNode } from "./node.ts";

type Made<T> = T extends Node ? Omit<T, "id" | "block"> : never;

/** The instruction's fields without its number and block. */
export type Draft = Made<Instruction>;

/** By the id of a value; undefined where there are none. */
export type Users = readonly (Node[] | undefined)[];

/** Users of each value, once for each use. */
export function usersOf(func: Func): Users {
	const users: (Node[] | undefined)[] = [];
	for (let i = 0; i < func.nextNode; i++) users.push(undefined);
	const add = (node: Node) => {
		for (const { id } of node.args) {
			const list = users[id];
			if (list) list.push(node);
			else users[id] = [node];
		}
	};
	for (const block of func.blocks) {
		for (const phi of block.phis) add(phi);
		for (const node of block.body) add(node);
		add(block.terminator);
	}
	return users;
}

/** Number of uses of each value by its id. */
export function countUses(func: Func): Int32Array {
	const counts = new Int32Array(func.nextNode);
	const add = (node: Node) => {
		for (const { id } of node.args) counts[id] = (counts[id] ?? 0) + 1;
	};
	for (const block of func.blocks) {
		for (const phi of block.phis) add(phi);
		for (const node of block.body) add(node);
		add(block.terminator);
	}
	return counts;
}

/** Numbers values anew and forgets constants that nothing uses: tables by id stay small. */
export function renumber(func: Func): void {
	let next = 0;
	const seen = new Set<Node>();
	const visit = (node: Node) => {
		for (const arg of node.args)
			if (!arg.block && !seen.has(arg)) {
				seen.add(arg);
				arg.id = next++;
			}
		node.id = next++;
	};
	for (const block of func.blocks) {
		for (const phi of block.phis) visit(phi);
		for (const node of block.body) visit(node);
		visit(block.terminator);
	}
	for (const [key, leaf] of func.leaves ?? []) if (!seen.has(leaf)) func.leaves?.delete(key);
	func.nextNode = next;
}

/** Insertions, removals and replacements of one pass; nothing changes before `apply`. */
export class Edits {
	readonly func: Func;
	/** Replaced values. */
	readonly by = new Map<Node, Node>();
	private readonly before = new Map<Node, Instruction[]>();
	private readonly removed = new Set<Node>();
	private readonly blocks = new Set<Block>();

	constructor(func: Func) {
		this.func = func;
	}

	get empty(): boolean {
		return this.blocks.size === 0 && this.by.size === 0;
	}

	/** A new instruction in front of `at` (an instruction of a body or a terminator), behind earlier insertions there. */
	insert(at: Node, draft: Draft, place: Place | undefined = at.place): Instruction {
		const node = makeNode<Instruction>(this.func.nextNode++, draft, at.block);
		if (place && !node.place) node.place = place;
		const list = this.before.get(at);
		if (list) list.push(node);
		else this.before.set(at, [node]);
		if (at.block) this.blocks.add(at.block);
		return node;
	}

	/** Takes an instruction or phi out; `value` stands in for it. */
	remove(node: Node, value?: Node): void {
		this.removed.add(node);
		if (value) this.by.set(node, value);
		if (node.block) this.blocks.add(node.block);
	}

	isRemoved(node: Node): boolean {
		return this.removed.has(node);
	}

	const(type: Type, value: bigint | number): Leaf {
		return constant(this.func, type, value);
	}

	/** Changes the function; says whether anything changed. */
	apply(): boolean {
		const changed = !this.empty;
		for (const block of this.blocks) this.rebuild(block);
		replaceUses(this.func, this.by);
		return changed;
	}

	private rebuild(block: Block): void {
		const body: Instruction[] = [];
		for (const node of block.body) {
			const list = this.before.get(node);
			if (list) this.flush(list, body);
			if (!this.removed.has(node)) body.push(node);
		}
		const last = this.before.get(block.terminator);
		if (last) this.flush(last, body);
		block.body = body;
		if (block.phis.some((p) => this.removed.has(p)))
			block.phis = block.phis.filter((p: Phi) => !this.removed.has(p));
	}

	private flush(list: readonly Instruction[], body: Instruction[]): void {
		for (const node of list) {
			const inner = this.before.get(node);
			if (inner) this.flush(inner, body);
			if (!this.removed.has(node)) body.push(node);
		}
	}
}

/** A pointer taken apart into what it starts from and constant bytes. */
export interface Location {
	readonly base: Node;
	readonly offset: number;
}

/** Follows constant ptradds and symbol offsets; for a symbol's address `base` is the leaf it came from, its own offset included in `offset`. */
export function locate(pointer: Node): Location {
	let base = pointer;
	let offset = 0;
	while (base.op === "ptradd") {
		const [from, bytes] = base.args;
		if (!from || bytes?.op !== "const") break;
		offset += Number(bytes.value);
		base = from;
	}
	if (base.op === "global") offset += base.offset;
	return { base, offset };
}

/** Whether a byte count is one that a load or store can have. */
export function isSize(bytes: number): bytes is Size {
	return bytes === 1 || bytes === 2 || bytes === 4 || bytes === 8;
}

/** The best alignment known at `offset` bytes behind something aligned to `align`. */
export function alignAt(align: number, offset: number): number {
	if (offset === 0) return Math.min(align, 8);
	const low = offset & -offset;
	return Math.min(align, low, 8);
}
