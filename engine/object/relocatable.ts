// A relocatable object before any loading rule: sections, symbols and relocations as ELF has them, BTF as types. Compilers and
// the static linker make it, the ELF codec turns it into bytes and back. Plain data.

export interface Relocatable {
	readonly sections: readonly SectionData[];
	readonly symbols: readonly SymbolData[];
	/** Raw `.BTF` bytes; names its sections in BTF_KIND_DATASEC. */
	readonly btf?: Uint8Array;
	/** Raw `.BTF.ext` bytes: func, line and CO-RE records by section. */
	readonly btfExt?: Uint8Array;
	readonly bigEndian?: boolean;
}

export interface SectionData {
	readonly name: string;
	readonly kind: "code" | "data" | "readonly" | "strings" | "bss";
	/** In bytes, a power of two. */
	readonly align: number;
	/** Contents; of `.bss` kind only the length counts. */
	readonly bytes: Uint8Array;
	readonly relocations: readonly SymbolRelocation[];
}

/** RFC 9669 has no linkage; the numbers are the R_BPF_* of Documentation/bpf/llvm_reloc.rst. */
export interface SymbolRelocation {
	/** Byte offset in the section. */
	readonly offset: number;
	/** R_BPF_64_64 1, R_BPF_64_ABS64 2, R_BPF_64_ABS32 3, R_BPF_64_NODYLD32 4, R_BPF_64_32 10. */
	readonly type: number;
	/** Index into `symbols`. */
	readonly symbol: number;
}

export interface SymbolData {
	readonly name: string;
	/** Index into `sections`; absent for an undefined (extern) symbol. */
	readonly section?: number;
	/** Byte offset in its section. */
	readonly value: number;
	readonly size: number;
	readonly kind: "function" | "object" | "section" | "none";
	readonly binding: "local" | "global" | "weak";
	/** STV_HIDDEN. */
	readonly hidden?: boolean;
}
