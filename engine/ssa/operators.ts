// The operators of the intermediate representation as values: what there is, and what follows from another one.

import type { BinaryOp, Predicate } from "./ir.ts";

export const binaryOps: readonly BinaryOp[] = [
	"add",
	"sub",
	"mul",
	"udiv",
	"sdiv",
	"urem",
	"srem",
	"and",
	"or",
	"xor",
	"shl",
	"lshr",
	"ashr",
];

/** Operations whose arguments may be exchanged. */
export const commutative: ReadonlySet<string> = new Set<BinaryOp>([
	"add",
	"mul",
	"and",
	"or",
	"xor",
]);

/** The predicate that holds exactly when this one does not. */
export const inverse: Readonly<Record<Predicate, Predicate>> = {
	eq: "ne",
	ne: "eq",
	ult: "uge",
	ule: "ugt",
	ugt: "ule",
	uge: "ult",
	slt: "sge",
	sle: "sgt",
	sgt: "sle",
	sge: "slt",
};

export const predicates = Object.keys(inverse) as readonly Predicate[];

/** The predicate for exchanged arguments. */
export const swapped: Readonly<Record<Predicate, Predicate>> = {
	eq: "eq",
	ne: "ne",
	ult: "ugt",
	ule: "uge",
	ugt: "ult",
	uge: "ule",
	slt: "sgt",
	sle: "sge",
	sgt: "slt",
	sge: "sle",
};
