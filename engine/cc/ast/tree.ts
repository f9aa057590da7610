// The checked tree: every expression has its type, every conversion is a node, constants are folded where C demands it. The
// parser makes it, the lowering to SSA reads it. Plain data.

import type { Location } from "../token.ts";
import type { CType, Member, RecordTag } from "./type.ts";

interface At {
	readonly at: Location;
	/** Last token. */
	readonly end: Location;
}

interface Typed extends At {
	readonly type: CType;
	/** Of a part of a long row of operators: known to be no constant. */
	readonly varies?: true;
}

/** Value categories are explicit: `variable`, `dereference`, `index`, `member` of an lvalue, `string` and `literal` are lvalues; `load`
 *  turns an lvalue of scalar or record type into a value, `decay` an array into a pointer to its first element, a function into
 *  a pointer to it. */
export type Expression =
	/** Integer or null pointer constant, in the range of its type. Of a floating type `real` is the value: it lasts until it becomes an
	 *  integer, while the program is read. */
	| (Typed & {
			readonly kind: "number";
			readonly value: bigint;
			readonly enumerator?: string;
			readonly real?: number;
	  })
	/** Its type is the array; the closing NUL is included. */
	| (Typed & { readonly kind: "string"; readonly bytes: Uint8Array })
	| (Typed & { readonly kind: "variable"; readonly variable: Variable })
	| (Typed & { readonly kind: "function"; readonly function: CFunction })
	| (Typed & { readonly kind: "load"; readonly operand: Expression })
	| (Typed & { readonly kind: "decay"; readonly operand: Expression })
	| (Typed & { readonly kind: "dereference"; readonly operand: Expression })
	| (Typed & { readonly kind: "address"; readonly operand: Expression })
	/** `base[index]`; the base is a pointer value or an lvalue of array type (kept so that CO-RE sees the array). */
	| (Typed & { readonly kind: "index"; readonly base: Expression; readonly index: Expression })
	/** `p->m` is a member of a dereference. Anonymous records between are members of their own. */
	| (Typed & { readonly kind: "member"; readonly base: Expression; readonly member: Member })
	/** Any conversion, implicit ones too; between integers, pointers, bool, to void, to a union. */
	| (Typed & { readonly kind: "cast"; readonly operand: Expression; readonly implicit: boolean })
	| (Typed & { readonly kind: "unary"; readonly op: "-" | "~" | "!"; readonly operand: Expression })
	/** Both sides have the common type (shifts: each its own promoted one); comparisons give int. */
	| (Typed & {
			readonly kind: "binary";
			readonly op: BinaryOp;
			readonly left: Expression;
			readonly right: Expression;
			/** Of the operator. */
			readonly opAt?: Location;
	  })
	/** `pointer + index` elements (`index` has type long); void and function pointers count bytes. */
	| (Typed & {
			readonly kind: "offset";
			readonly op: "+" | "-";
			readonly pointer: Expression;
			readonly index: Expression;
	  })
	/** `left - right` in elements. */
	| (Typed & { readonly kind: "difference"; readonly left: Expression; readonly right: Expression })
	| (Typed & {
			readonly kind: "logical";
			readonly op: "&&" | "||";
			readonly left: Expression;
			readonly right: Expression;
			readonly opAt?: Location;
	  })
	/** Without `then`: GNU `a ?: b`. */
	| (Typed & {
			readonly kind: "conditional";
			readonly condition: Expression;
			readonly then?: Expression;
			readonly otherwise: Expression;
	  })
	| (Typed & { readonly kind: "comma"; readonly left: Expression; readonly right: Expression })
	| (Typed & {
			readonly kind: "assign";
			readonly target: Expression;
			readonly value: Expression;
			readonly opAt?: Location;
	  })
	/** `target op= value`: computed in `common`, then converted back. For pointers `op` is + or -, `value` counts elements. */
	| (Typed & {
			readonly kind: "compound";
			readonly op: BinaryOp;
			readonly target: Expression;
			readonly value: Expression;
			readonly common: CType;
	  })
	| (Typed & {
			readonly kind: "increment";
			readonly op: "++" | "--";
			readonly prefix: boolean;
			readonly target: Expression;
	  })
	| (Typed & {
			readonly kind: "call";
			readonly callee: Expression;
			readonly args: readonly Expression[];
	  })
	/** `({ … })`; `value` is the last statement's, absent when void. */
	| (Typed & { readonly kind: "statements"; readonly body: Block; readonly value?: Expression })
	/** Compound literal: an unnamed variable, initialised where it stands. */
	| (Typed & { readonly kind: "literal"; readonly variable: Variable })
	/** A `__builtin_*`, `__sync_*`, `__atomic_*` or `__c11_atomic_*` that was not folded. */
	| (Typed & {
			readonly kind: "builtin";
			readonly name: string;
			readonly args: readonly Expression[];
			readonly types: readonly CType[];
	  });

export type BinaryOp =
	| "+"
	| "-"
	| "*"
	| "/"
	| "%"
	| "&"
	| "|"
	| "^"
	| "<<"
	| ">>"
	| "=="
	| "!="
	| "<"
	| "<="
	| ">"
	| ">=";

/** Everything that is not named is zero. Entries are in the order written; of two for one place the later counts. */
export interface Initializer {
	readonly entries: readonly {
		/** Bytes from the start of the object; of a bit-field, of its storage unit. */
		readonly offset: number;
		/** The bit-field that is set. */
		readonly member?: Member;
		/** Scalar or record value, or a `string` for a char array (cut or zero-filled to `value.type`). */
		readonly value: Expression;
	}[];
}

export interface Variable {
	readonly name: string;
	/** Completed by the initialiser (`int a[] = {…}`). */
	type: CType;
	storage: "auto" | "parameter" | "static" | "global" | "extern";
	attributes: Attributes;
	init?: Initializer;
	/** False for `extern` without initialiser and for a declaration inside a function. */
	defined: boolean;
	readonly at: Location;
	/** Of `register … asm("r1")`. */
	readonly register?: string;
	/** Name in the object, of `asm("…")` behind a declarator with linkage. */
	readonly asmName?: string;
	/** Uses so far, for "unused" and for what BTF must hold. */
	uses: number;
	/** C23: its value is a constant. */
	constexpr?: boolean;
	/** Those of the uses that only set it. */
	sets?: number;
	/** A parameter's type as written, when that was an array. */
	readonly written?: CType;
}

export interface CFunction {
	readonly name: string;
	type: CType;
	params: Variable[];
	body?: Block;
	readonly storage: "static" | "extern";
	inline: boolean;
	/** A declaration says `extern`, or leaves `inline` out: the definition gives a symbol to others. */
	shared: boolean;
	attributes: Attributes;
	/** Name in the object, of `asm("…")` behind the declarator: `llvm.bpf.load.byte`. */
	asmName?: string;
	readonly at: Location;
	uses: number;
}

/** GNU attributes that have a meaning here (clang's names, underscores taken off). */
export interface Attributes {
	readonly section?: string;
	readonly alwaysInline?: boolean;
	readonly noinline?: boolean;
	readonly weak?: boolean;
	readonly hidden?: boolean;
	readonly used?: boolean;
	readonly unused?: boolean;
	/** How often a function is called: its code goes into a section of its kind. */
	readonly called?: "cold" | "hot";
	readonly naked?: boolean;
	readonly gnuInline?: boolean;
	readonly noreturn?: boolean;
	readonly pure?: boolean;
	readonly aligned?: number;
	readonly declTags: readonly string[];
	readonly cleanup?: CFunction;
	readonly deprecated?: { readonly text: string; readonly at: Location };
	/** The symbol that this is another name of. */
	readonly alias?: { readonly of: string; readonly at: Location };
	/** `format(printf, n, m)`: the format, and the first argument for it (-1 without), counted from 0. */
	readonly format?: { readonly string: number; readonly first: number };
	readonly resultUsed?: boolean;
	/** A call does nothing but give its value. */
	readonly effectless?: "const" | "pure";
	/** `error("…")` and `warning("…")`: a call that stays is reported. */
	readonly error?: string;
}

export interface Block extends At {
	readonly kind: "block";
	readonly items: readonly Statement[];
}

export type Unroll = "full" | "none" | number;

export type Statement =
	| Block
	| (At & { readonly kind: "declare"; readonly variables: readonly Variable[] })
	| (At & { readonly kind: "expression"; readonly expression: Expression })
	| (At & {
			readonly kind: "if";
			readonly condition: Expression;
			readonly then: Statement;
			readonly otherwise?: Statement;
	  })
	| (At & {
			readonly kind: "while" | "do";
			readonly condition: Expression;
			readonly body: Statement;
			readonly unroll?: Unroll;
	  })
	| (At & {
			readonly kind: "for";
			readonly init?: Statement;
			readonly condition?: Expression;
			readonly step?: Expression;
			readonly body: Statement;
			readonly unroll?: Unroll;
	  })
	/** `cases` lists the labels inside `body`, which stand there as `case` statements. */
	| (At & {
			readonly kind: "switch";
			readonly value: Expression;
			readonly body: Statement;
			readonly cases: readonly CaseLabel[];
	  })
	| (At & { readonly kind: "case"; readonly label: CaseLabel; readonly body: Statement })
	| (At & { readonly kind: "label"; readonly name: string; readonly body: Statement })
	| (At & { readonly kind: "goto"; readonly label: string })
	| (At & { readonly kind: "break" | "continue" | "empty" })
	| (At & { readonly kind: "return"; readonly value?: Expression })
	| AsmStatement;

/** `case low ... high:` in the type of the switch; `default:` without bounds. */
export interface CaseLabel {
	readonly low?: bigint;
	readonly high?: bigint;
	readonly at: Location;
}

/** `asm volatile ("template" : outputs : inputs : clobbers : labels)`. */
export interface AsmStatement extends At {
	readonly kind: "asm";
	readonly template: string;
	readonly volatile: boolean;
	/** Operands are lvalues; `constraint` as written, e.g. `=r`, `+r`. */
	readonly outputs: readonly AsmOperand[];
	readonly inputs: readonly AsmOperand[];
	readonly clobbers: readonly string[];
	/** Of `asm goto`. */
	readonly labels: readonly string[];
}

export interface AsmOperand {
	readonly name?: string;
	readonly constraint: string;
	/** Of the constraint. */
	readonly at: Location;
	readonly value: Expression;
}

/** One translation unit, checked. */
export interface Unit {
	/** In the order of first declaration. */
	readonly functions: readonly CFunction[];
	/** File-scope variables and static locals, in the order of declaration; a static local's name is `function.name`. */
	readonly variables: readonly Variable[];
	/** Records of `preserve_access_index` and others are reachable from types; this lists all tags in order, for editors. */
	readonly records: readonly RecordTag[];
	/** File-scope `asm`. */
	readonly asm: readonly AsmStatement[];
}
