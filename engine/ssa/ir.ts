// The intermediate representation: functions of basic blocks over SSA values of 32 bits, 64 bits and pointers. It knows eBPF's world
// (512 bytes of stack, five arguments, helpers by number, CO-RE records) and no source language.
//
// Memory is bytes, little-endian. Narrow integers live in memory only: a load widens to 32 or 64 bits, a store cuts.
// Nodes and blocks are mutable objects that passes rewrite in place; `validate` says whether a function is well-formed.

import type { BtfType } from "../btf/index.ts";

/** Of a value; booleans are i32 0 or 1. */
export type Type = "i32" | "i64" | "ptr";

/** Where an instruction comes from; `location` is the front end's own number, carried along. Lines and columns count from 1. */
export interface Place {
	/** Index into Module.files. */
	readonly file: number;
	readonly line: number;
	readonly column: number;
	readonly location: number;
}

interface Base {
	/** Unique in the function; printed as `%id`. */
	id: number;
	/** Absent for instructions without a result. */
	type?: Type;
	args: Node[];
	/** Unset for constants, parameters and addresses of symbols, which belong to no block. */
	block?: Block;
	place?: Place;
	/** The source variable that it holds, for listings and debuggers. */
	name?: string;
}

export type BinaryOp =
	| "add"
	| "sub"
	| "mul"
	| "udiv"
	| "sdiv"
	| "urem"
	| "srem"
	| "and"
	| "or"
	| "xor"
	| "shl"
	| "lshr"
	| "ashr";

export type Predicate = "eq" | "ne" | "ult" | "ule" | "ugt" | "uge" | "slt" | "sle" | "sgt" | "sge";

export type AtomicOp = "add" | "and" | "or" | "xor" | "xchg" | "cmpxchg";

/** Bytes of a memory access. */
export type Size = 1 | 2 | 4 | 8;

/** Values without a block. Constants are kept signed: i32 in [-2^31, 2^31), i64 and ptr in [-2^63, 2^63). */
export type Leaf =
	| (Base & { readonly op: "const"; readonly type: Type; readonly value: bigint })
	/** Any value; reading it is the program's mistake, not ours. */
	| (Base & { readonly op: "undef"; readonly type: Type })
	| (Base & { readonly op: "param"; readonly type: Type; readonly index: number })
	/** Address of a symbol (global, map, function, extern) plus bytes. */
	| (Base & {
			readonly op: "global";
			readonly type: "ptr";
			readonly symbol: string;
			readonly offset: number;
			/** No pointer but this address reaches the symbol: see `markApart`. */
			apart?: boolean;
	  })
	/** A number that CO-RE relocation fills in; index into Module.core. Never folded. */
	| (Base & { readonly op: "core"; readonly type: Type; readonly record: number });

export type Instruction =
	/** Both arguments and the result have one type (i32 or i64). Division by 0 gives 0, modulo 0 the dividend (RFC 9669 4.1);
	 *  shift counts are masked to the width. */
	| (Base & { op: BinaryOp; type: Type })
	/** [pointer, i64]: address plus bytes. `inbounds` is not promised. */
	| (Base & { readonly op: "ptradd"; readonly type: "ptr" })
	/** Arguments of one type, pointers too. */
	| (Base & { op: "icmp"; readonly type: "i32"; predicate: Predicate })
	/** [condition i32, then, otherwise] */
	| (Base & { readonly op: "select"; readonly type: Type })
	/** i32 → i64 */
	| (Base & { readonly op: "zext"; readonly type: "i64" })
	/** From the low `bits` of an i32 or i64 to `type`. */
	| (Base & { readonly op: "sext"; readonly type: Type; readonly bits: 8 | 16 | 32 })
	/** i64 → i32 */
	| (Base & { readonly op: "trunc"; readonly type: "i32" })
	| (Base & { readonly op: "ptrtoint"; readonly type: "i64" })
	| (Base & { readonly op: "inttoptr"; readonly type: "ptr" })
	/** A pointer of address space `from` as one of space `into`: 1 is an arena's, which user space shares, 0 the kernel's. */
	| (Base & {
			readonly op: "spacecast";
			readonly type: "ptr";
			readonly from: number;
			readonly into: number;
	  })
	/** Reverses the low `bits / 8` bytes, the rest becomes 0. */
	| (Base & { readonly op: "bswap"; readonly type: Type; readonly bits: 16 | 32 | 64 })
	/** 1 if the argument is known when code is selected, else 0 (`__builtin_constant_p`). */
	| (Base & { readonly op: "isconst"; readonly type: "i32" })
	/** Bytes of the function's stack; entry block only. */
	| (Base & { op: "alloca"; readonly type: "ptr"; size: number; align: number })
	/** [alloca]: its contents begin to matter, or end. */
	| (Base & { readonly op: "lifetime"; readonly start: boolean })
	/** [pointer] → value, widened from `size` bytes with or without sign. `align` in bytes is what is known; what is at a `truth` is 0 or 1. */
	| (Base & {
			op: "load";
			type: Type;
			size: Size;
			signed: boolean;
			readonly volatile: boolean;
			align: number;
			readonly truth?: true | undefined;
	  })
	/** [pointer, value] */
	| (Base & { op: "store"; size: Size; readonly volatile: boolean; align: number })
	/** [to, from]: `size` bytes, which do not overlap unless `move`. */
	| (Base & {
			readonly op: "memcpy";
			readonly size: number;
			align: number;
			readonly move: boolean;
	  })
	/** [to, byte i32]: `size` bytes. */
	| (Base & { readonly op: "memset"; readonly size: number; align: number })
	/** [pointer, value] or, for cmpxchg, [pointer, expected, value]; with `fetch` it gives the old value. */
	| (Base & {
			readonly op: "atomic";
			readonly action: AtomicOp;
			readonly size: 4 | 8;
			readonly fetch: boolean;
	  })
	/** [pointer]: load-acquire; [pointer, value]: store-release (Linux 6.18, cpu v4). */
	| (Base & { readonly op: "loadacquire"; readonly type: Type; readonly size: Size })
	| (Base & { readonly op: "storerelease"; readonly size: Size })
	| (Base & { op: "call"; callee: Callee })
	/** Inline assembly in engine/asm's LLVM dialect with %0, %w0, %[name], %l0; inputs are the args, in the order of `inputs`. The
	 *  result is the first output; `asmout` gives the others. A tied input (`"0"`) names its output by number. */
	| (Base & { readonly op: "asm"; readonly asm: Asm })
	| (Base & { readonly op: "asmout"; readonly type: Type; readonly index: number });

export interface Phi extends Base {
	readonly op: "phi";
	type: Type;
	/** Parallel to `args`. */
	from: Block[];
}

export type Terminator =
	| (Base & { readonly op: "br"; target: Block })
	/** [condition i32]: non-zero goes to `then`. */
	| (Base & { readonly op: "condbr"; then: Block; otherwise: Block; likely?: boolean })
	/** [value]; bounds are inclusive and unsigned in the value's type, disjoint. */
	| (Base & {
			readonly op: "switch";
			cases: { readonly low: bigint; readonly high: bigint; target: Block }[];
			otherwise: Block;
	  })
	/** [] or [value] */
	| (Base & { readonly op: "ret" })
	| (Base & { readonly op: "unreachable" })
	/** Inline assembly that may jump to `targets` (%l0 …) or fall through to `next`. */
	| (Base & { readonly op: "asmgoto"; readonly asm: Asm; targets: Block[]; next: Block });

export type Node = Leaf | Instruction | Phi | Terminator;

export interface Asm {
	readonly template: string;
	readonly volatile: boolean;
	/** Constraints as GNU C writes them: `=r`, `=w`, `+r` arrives as an output `=r` with a tied input. */
	readonly outputs: readonly { readonly constraint: string; readonly name?: string }[];
	readonly inputs: readonly { readonly constraint: string; readonly name?: string }[];
	/** `memory`, `r0` … `r9`. */
	readonly clobbers: readonly string[];
}

export type Callee =
	| { readonly kind: "helper"; readonly id: number }
	/** A function of the module or an extern (kfunc). */
	| { readonly kind: "function"; readonly name: string }
	/** args[0] is the address; a constant one becomes a helper. */
	| { readonly kind: "indirect" };

export interface Block {
	/** Unique in the function; printed as `bbN`. */
	id: number;
	phis: Phi[];
	body: Instruction[];
	terminator: Terminator;
	/** Kept up to date by `predecessors`; not by hand. */
	preds: Block[];
	/** On the header of a loop: what the source asks for. */
	unroll?: "full" | "none" | number;
}

export interface Func {
	readonly name: string;
	/** Types of the parameters, at most five for what is not inlined. */
	readonly params: Type[];
	returns?: Type;
	/** The first is the entry; none for a declaration. */
	blocks: Block[];
	/** `.text` for subprograms. */
	readonly section: string;
	linkage: "static" | "global" | "weak";
	readonly hidden?: boolean;
	inline: "always" | "never" | "may";
	readonly noreturn?: boolean;
	/** Must be kept although nothing uses it (inline assembly may name it). */
	used?: boolean;
	/** Id of its BTF_KIND_FUNC in Module.types. */
	readonly btf?: number;
	readonly place?: Place;
	/** Next free id of nodes and blocks. */
	nextNode: number;
	nextBlock: number;
	/** Constants, parameters and addresses made so far, one node for each; kept by `leaf` functions of build.ts. */
	leaves?: Map<string, Leaf>;
	/** Variables that no other pointer reaches; addresses made later are marked by it. */
	apart?: ReadonlySet<string>;
}

/** A variable, map, licence: bytes in a section. */
export interface Global {
	readonly name: string;
	/** `.data`, `.rodata`, `.bss`, `.maps`, `license`, `.rodata.str1.1` … */
	readonly section: string;
	readonly linkage: "static" | "global" | "weak";
	readonly hidden?: boolean;
	readonly size: number;
	readonly align: number;
	/** Never written by the program: its contents may be folded into code. `const volatile` is not. */
	readonly constant: boolean;
	/** Absent: zero. */
	readonly bytes?: Uint8Array;
	/** Addresses inside of it, as R_BPF_64_ABS64. */
	readonly addresses: readonly {
		readonly offset: number;
		readonly symbol: string;
		readonly addend: number;
	}[];
	/** Must be kept although nothing uses it. */
	readonly used?: boolean;
	/** Id of its BTF_KIND_VAR in Module.types. */
	readonly btf?: number;
}

/** A symbol that the loader finds: kfunc, kernel variable, `.kconfig` value, function of another object. */
export interface Extern {
	readonly name: string;
	/** `.ksyms`, `.kconfig`, or "" for another object's symbol. */
	readonly section: string;
	readonly weak: boolean;
	readonly function: boolean;
	/** Id of its BTF_KIND_FUNC or BTF_KIND_VAR in Module.types. */
	readonly btf?: number;
	/** Bytes of a variable, 0 for functions. */
	readonly size: number;
}

/** struct bpf_core_relo of linux/bpf.h, with the value that the local types give. */
export interface CoreRecord {
	/** enum bpf_core_relo_kind. */
	readonly kind: number;
	/** Id in Module.types. */
	readonly type: number;
	/** Access string, e.g. `0:1:2`. */
	readonly access: string;
	readonly value: bigint;
	/** Needs a 64-bit immediate (type ids, enum values). */
	readonly wide: boolean;
}

export interface Module {
	/** Names of source files. */
	readonly files: string[];
	readonly functions: Func[];
	readonly globals: Global[];
	readonly externs: Extern[];
	readonly core: CoreRecord[];
	/** BTF types; `types[0]` is void. Sections (DATASEC) are made when code is emitted. */
	readonly types: BtfType[];
	/** Variables by name while a pass looks for them: see named.ts. */
	named?: ReadonlyMap<string, Global>;
}
