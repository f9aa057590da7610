// The BTF type graph as plain data (Documentation/bpf/btf.rst). Ids are positions in `Btf.types`; 0 is void.

export type BtfType =
	| { readonly kind: "void" }
	| {
			readonly kind: "int";
			readonly name: string;
			/** Bytes of the storage unit. */
			readonly size: number;
			readonly bits: number;
			readonly bitOffset: number;
			readonly signed: boolean;
			readonly char: boolean;
			readonly bool: boolean;
	  }
	| { readonly kind: "ptr"; readonly type: number }
	| {
			readonly kind: "array";
			readonly type: number;
			readonly index: number;
			readonly length: number;
	  }
	| {
			readonly kind: "struct" | "union";
			readonly name: string;
			readonly size: number;
			readonly members: readonly BtfMember[];
	  }
	| {
			readonly kind: "enum" | "enum64";
			readonly name: string;
			readonly size: number;
			readonly signed: boolean;
			readonly values: readonly { readonly name: string; readonly value: bigint }[];
	  }
	| { readonly kind: "fwd"; readonly name: string; readonly union: boolean }
	| { readonly kind: "typedef"; readonly name: string; readonly type: number }
	| { readonly kind: "volatile" | "const" | "restrict"; readonly type: number }
	| {
			readonly kind: "func";
			readonly name: string;
			readonly type: number;
			readonly linkage: FuncLinkage;
	  }
	| {
			readonly kind: "func_proto";
			readonly returns: number;
			/** A last parameter without name and type 0 means variadic. */
			readonly params: readonly { readonly name: string; readonly type: number }[];
	  }
	| { readonly kind: "var"; readonly name: string; readonly type: number; readonly linkage: number }
	| {
			readonly kind: "datasec";
			readonly name: string;
			readonly size: number;
			readonly vars: readonly {
				readonly type: number;
				readonly offset: number;
				readonly size: number;
			}[];
	  }
	| { readonly kind: "float"; readonly name: string; readonly size: number }
	| {
			readonly kind: "decl_tag";
			readonly name: string;
			readonly type: number;
			/** Member or parameter that is tagged; -1: the whole type. */
			readonly component: number;
			/** kind_flag: the tag is an attribute. */
			readonly attribute: boolean;
	  }
	| {
			readonly kind: "type_tag";
			readonly name: string;
			readonly type: number;
			readonly attribute: boolean;
	  };

export type FuncLinkage = "static" | "global" | "extern";

export interface BtfMember {
	readonly name: string;
	readonly type: number;
	/** From the start of the struct, in bits. */
	readonly bitOffset: number;
	/** Width of a bit-field, 0 for other members. */
	readonly bitSize: number;
}

/** A decoded `.BTF` section. */
export interface Btf {
	/** `types[id]`; with a base, ids below `firstId` are the base's and this array holds them too. */
	readonly types: readonly BtfType[];
	/** First id that this section itself defines: 1, or the number of types of the base. */
	readonly firstId: number;
	/** The string at an offset of the string section; "" when out of bounds. */
	readonly string: (offset: number) => string;
	/** Bytes of the string section, the base's included. */
	readonly stringLength: number;
	/** Ids of the types called `name`, in their order; where it is absent the types are looked through. */
	readonly named?: (name: string) => readonly number[];
}
