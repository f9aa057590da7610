// The types of C as the checker builds them: canonical kinds, and sugar (typedefs, qualifiers, tags) that BTF and messages
// want to see. Sizes follow the ABI of clang's bpf target. Knows nothing of expressions.

import type { Location } from "../token.ts";

export type CType =
	| { readonly kind: "void" }
	| { readonly kind: "bool" }
	| IntType
	/** Declared in headers perhaps; arithmetic with it is refused by name. */
	| { readonly kind: "float"; readonly name: string; readonly size: number }
	| { readonly kind: "enum"; readonly tag: EnumTag }
	| { readonly kind: "pointer"; readonly to: CType }
	| {
			readonly kind: "array";
			readonly of: CType;
			/** Absent: incomplete, or a flexible array member. */
			readonly length?: number;
	  }
	| { readonly kind: "record"; readonly tag: RecordTag }
	| FunctionType
	/** Sugar, seen through by `canonical`. */
	| { readonly kind: "typedef"; readonly typedef: TypedefName }
	| {
			readonly kind: "qualified";
			readonly type: CType;
			readonly const: boolean;
			readonly volatile: boolean;
			readonly restrict: boolean;
			/** `_Atomic`. */
			readonly atomic?: boolean;
	  }
	/** `btf_type_tag("tag")` on what a pointer points to. */
	| { readonly kind: "tagged"; readonly type: CType; readonly tag: string }
	/** `address_space(n)`; 1 is the arena's. */
	| { readonly kind: "space"; readonly type: CType; readonly space: number };

export interface IntType {
	readonly kind: "int";
	/** As BTF names it: `char`, `unsigned char`, `short`, `unsigned int`, `long`, `long long`, `__int128` … */
	readonly name: string;
	readonly size: 1 | 2 | 4 | 8 | 16;
	readonly signed: boolean;
	/** Conversion rank (C11 6.3.1.1): char 1, short 2, int 3, long 4, long long 5, __int128 6. */
	readonly rank: number;
}

export interface FunctionType {
	readonly kind: "function";
	readonly returns: CType;
	readonly params: readonly { readonly name: string; readonly type: CType }[];
	readonly variadic: boolean;
	/** False for `()`. */
	readonly prototype: boolean;
}

/** A struct or union; filled in when its body is read. */
export interface RecordTag {
	readonly union: boolean;
	/** "" when anonymous. */
	name: string;
	complete: boolean;
	members: Member[];
	/** Bytes. */
	size: number;
	align: number;
	/** `preserve_access_index`: accesses are relocated by CO-RE. */
	preserve: boolean;
	declTags: string[];
	at: Location;
}

export interface Member {
	/** "" for an anonymous struct, union or unnamed bit-field. */
	readonly name: string;
	readonly type: CType;
	/** Bytes from the start of the record; of a bit-field, of its storage unit (of the declared type's size and alignment). */
	readonly offset: number;
	/** Of a bit-field: first bit, from the start of the record. */
	readonly bitOffset?: number;
	readonly bitSize?: number;
	/** Position among the record's members, as CO-RE counts. */
	readonly index: number;
	readonly declTags: readonly string[];
	readonly at: Location;
}

export interface EnumTag {
	name: string;
	complete: boolean;
	values: { readonly name: string; readonly value: bigint; readonly at: Location }[];
	/** 4, or 8 when a value needs it. */
	size: number;
	signed: boolean;
	preserve: boolean;
	at: Location;
}

export interface TypedefName {
	readonly name: string;
	readonly type: CType;
	readonly declTags: readonly string[];
	readonly at: Location;
	/** Of `aligned` on the typedef, in bytes. */
	readonly aligned?: number;
}
