// What the object explorer shows: rows of sections, symbols, relocations, variables and types. Plain data.

export interface SectionRow {
	readonly name: string;
	readonly kind: string;
	/** Bytes. */
	readonly size: number;
	readonly align: number;
	readonly relocations: number;
	/** What it holds, e.g. `2 programs`. */
	readonly holds: string;
}

export interface SymbolRow {
	readonly name: string;
	/** `extern` for an undefined one. */
	readonly section: string;
	readonly value: number;
	readonly size: number;
	readonly kind: string;
	readonly binding: string;
}

export interface RelocationRow {
	readonly section: string;
	readonly offset: number;
	/** R_BPF_* as llvm names them. */
	readonly type: string;
	readonly symbol: string;
	/** The instruction as the compiler wrote it; hexadecimal for data. */
	readonly before: string;
	/** The instruction as the kernel gets it, where a program holds it. */
	readonly after?: string;
	readonly program?: string;
	readonly pc?: number;
}

export interface GlobalRow {
	readonly map: string;
	readonly name: string;
	/** C type. */
	readonly type: string;
	readonly offset: number;
	readonly size: number;
	/** As bpftool prints values of this type. */
	readonly value: string;
	/** Frozen at load: a change takes effect with the next build. */
	readonly frozen: boolean;
	/** A number of this many bytes may be given as text; others as hexadecimal bytes. */
	readonly number: boolean;
}

export interface ObjectView {
	readonly name: string;
	readonly license: string;
	readonly sections: readonly SectionRow[];
	readonly symbols: readonly SymbolRow[];
	readonly relocations: readonly RelocationRow[];
	readonly globals: readonly GlobalRow[];
	/** Number of BTF types. */
	readonly types: number;
}

/** One BTF type as a row of the tree. */
export interface TypeRow {
	readonly id: number;
	readonly kind: string;
	/** `struct iphdr`, `int f(…)`. */
	readonly text: string;
	/** Bytes; absent for functions and forward declarations. */
	readonly size?: number;
	readonly members: readonly {
		readonly name: string;
		readonly type: string;
		/** Bits from the start. */
		readonly bitOffset: number;
		/** Bits of a bit-field, 0 for others. */
		readonly bitSize: number;
		/** Bytes of the member's type. */
		readonly size?: number;
		/** Id of the struct, union or enum that the member is, points to or is made of. */
		readonly opens?: number;
	}[];
}
