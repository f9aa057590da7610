// How nodes come into being: every common kind has the fields of all of them, in one order, so that passes find them at one place.

import type { Block, Node } from "./ir.ts";

type Fields<T> = T extends Node ? Omit<T, "id" | "block"> : never;

function blank(id: number) {
	return {
		id,
		op: undefined,
		type: undefined,
		args: undefined,
		block: undefined,
		place: undefined,
		name: undefined,
		value: undefined,
		size: undefined,
		signed: undefined,
		volatile: undefined,
		align: undefined,
		predicate: undefined,
		bits: undefined,
		from: undefined,
		start: undefined,
		callee: undefined,
		index: undefined,
		symbol: undefined,
		offset: undefined,
		target: undefined,
		then: undefined,
		otherwise: undefined,
		likely: undefined,
		truth: undefined,
	};
}

/** A new node with the fields of a draft, or of another node. */
export function makeNode<T extends Node>(id: number, fields: Fields<Node>, block?: Block): T {
	const node: object = Object.assign(blank(id), fields);
	const made = node as T;
	made.id = id;
	if (block) made.block = block;
	return made;
}
