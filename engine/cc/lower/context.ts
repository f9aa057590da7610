// One function on its way from the checked tree to SSA: the builder, where variables live, open scopes. The operations of the other
// files reach each other through `Operations`, so that they need not import one another.

import { type Block, Builder, type Func, type Node } from "../../ssa/index.ts";
import type {
	Block as CBlock,
	CFunction,
	Expression,
	Initializer,
	Statement,
	Variable,
} from "../ast/tree.ts";
import type { CType, Member } from "../ast/type.ts";
import type { Location } from "../token.ts";
import type { Symbols } from "./symbols.ts";

/** A value of 128 bits: two of type i64. */
export interface Wide {
	readonly lo: Node;
	readonly hi: Node;
}

/** An object in memory. */
export interface Place {
	readonly pointer: Node;
	readonly type: CType;
	readonly volatile: boolean;
	/** What is known of the address, in bytes. */
	readonly align: number;
	/** Of a bit-field: `pointer` is the start of the record around it. */
	readonly bits?: Member;
}

export interface Operations {
	/** The value of an expression that one SSA value holds. */
	scalar(c: Context, e: Expression): Node;
	wide(c: Context, e: Expression): Wide;
	/** Puts the value of an expression of record or array type into memory. */
	into(c: Context, e: Expression, to: Node, align: number): void;
	/** Computes an expression for its effects. */
	effect(c: Context, e: Expression): void;
	place(c: Context, e: Expression): Place;
	/** Continues in one of two blocks. */
	branch(c: Context, e: Expression, then: Block, otherwise: Block, likely?: boolean): void;
	statement(c: Context, s: Statement): void;
	/** Fills an object in memory. */
	initialise(c: Context, type: CType, init: Initializer | undefined, to: Node, align: number): void;
}

/** A block of the source: what leaving it does, newest last. */
export interface Scope {
	readonly source: CBlock | undefined;
	readonly leave: (() => void)[];
}

export interface Jump {
	readonly target: Block;
	/** Scopes that stay open. */
	readonly depth: number;
}

export class Context {
	readonly symbols: Symbols;
	readonly source: CFunction;
	readonly func: Func;
	readonly b: Builder;
	readonly ops: Operations;
	/** Addresses of automatic variables. */
	readonly variables = new Map<Variable, Node>();
	readonly scopes: Scope[] = [];
	breakTo: Jump | undefined;
	continueTo: Jump | undefined;
	/** Blocks of the case labels of the switches around. */
	readonly cases = new Map<object, Block>();
	readonly labels = new Map<string, Block>();
	/** The blocks of the source around each label. */
	readonly labelScopes = new Map<string, readonly CBlock[]>();
	/** Where a record is returned to. */
	result: Node | undefined;
	/** Depth of `__builtin_preserve_access_index` around. */
	preserving = 0;

	constructor(symbols: Symbols, source: CFunction, func: Func, ops: Operations) {
		this.symbols = symbols;
		this.source = source;
		this.func = func;
		this.ops = ops;
		this.b = new Builder(func);
	}

	/** From now on instructions come from `at`. */
	at(at: Location): void {
		this.b.place = this.symbols.place(at);
	}

	/** Stack that lives until the scope around is left. */
	temporary(size: number, align: number, name?: string): Node {
		return this.b.alloca(size, align, name);
	}

	scalar(e: Expression): Node {
		return this.ops.scalar(this, e);
	}

	/** Leaves scopes down to `depth`, without closing them. */
	unwind(depth: number): void {
		for (let i = this.scopes.length - 1; i >= depth; i--) {
			const leave = this.scopes[i]?.leave ?? [];
			for (let k = leave.length - 1; k >= 0; k--) leave[k]?.();
		}
	}

	unsupported(what: string, at: Location): void {
		this.symbols.unsupported(what, at);
	}
}
