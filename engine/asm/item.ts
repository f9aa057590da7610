// What a statement of a code section becomes: an instruction whose operands may still wait for symbols.

import type { Span } from "../base/index.ts";
import type { Expr } from "./expr.ts";
import type { Token } from "./token.ts";

/** Where a jump or local call goes. */
export type Target =
	| { readonly kind: "label"; readonly token: Token }
	/** A numeric label: the nearest one with this number, before (`b`) or after (`f`). */
	| { readonly kind: "local"; readonly token: Token };

/** A field to fill in when all symbols are known. */
export type Pending =
	| { readonly kind: "jump"; readonly field: "off" | "imm"; readonly target: Target }
	/** `low` to `high` is what fits; `sign` warns when a 64-bit operation extends the sign of a number that looks unsigned. */
	| {
			readonly kind: "value";
			readonly field: "off" | "imm";
			readonly expr: Expr;
			readonly sign: boolean;
			readonly from: Token;
			readonly to: Token;
	  }
	| { readonly kind: "wide"; readonly expr: Expr; readonly from: Token; readonly to: Token }
	/** The map of this name, and a byte offset into its value. */
	| { readonly kind: "map"; readonly token: Token };

/** One instruction, one or two slots. */
export interface Item {
	opcode: number;
	dst: number;
	src: number;
	off: number;
	imm: number;
	/** Second slot of a 64-bit immediate. */
	next?: number;
	pending?: Pending[];
	/** From the first to the last token. */
	span: Span;
	/** Slot number that a log line gives it. */
	slot?: number;
}

export function slotsOf(item: Item): number {
	return item.next === undefined ? 1 : 2;
}

/** An operand: a text's bytes, a number, or the name of a program or map. */
export type Operand =
	| { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly token: Token }
	| { readonly kind: "number"; readonly expr: Expr; readonly token: Token }
	| { readonly kind: "name"; readonly token: Token };

/** Contents of a map, as `.entry` gives them. */
export interface Entry {
	readonly map: Token;
	readonly key: Operand;
	readonly value: Operand;
}
