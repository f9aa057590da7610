// The waist: what the assembler, the C compiler and the ELF reader make, and what everything behind them consumes.
// Plain data: it can be cloned to a worker, saved and compared. It never knows where the code came from.

import type { Span } from "../base/index.ts";

/** One object file: programs and what they refer to. */
export interface ObjectFile {
	readonly name: string;
	/** The text of the licence section; programs may call GPL-only helpers when it is GPL-compatible. */
	readonly license: string;
	/** The `version` section (LINUX_VERSION_CODE), 0 when absent. */
	readonly kernVersion: number;
	readonly programs: readonly ProgramSpec[];
	readonly maps: readonly MapSpec[];
	/** Raw `.BTF` bytes. */
	readonly btf?: Uint8Array;
}

/** One program, with the subprograms it calls appended to its instructions. */
export interface ProgramSpec {
	readonly name: string;
	/** The section it came from, e.g. `xdp` or `tc`. */
	readonly section: string;
	/** BPF_PROG_TYPE_*; absent when the section name says nothing and the user must choose. */
	readonly type?: number;
	/** With no `type`: what the free section names of older objects (`xdp_firewall`, `classifier_in`) most likely mean. */
	readonly typeGuess?: number;
	/** False for a section with `?` before its name: libbpf loads the program only when it is asked to. */
	readonly autoload?: boolean;
	/** BPF_ATTACH_TYPE, 0 when the type has none. */
	readonly expectedAttachType: number;
	/** BPF_F_* load flags. */
	readonly flags: number;
	/** Id in the kernel's BTF of what the program attaches to; absent for types that attach otherwise. Of a struct_ops program the
	 *  struct, whose member's number is `expectedAttachType`. */
	readonly attachBtfId?: number;
	/** Instruction bytes, 8 a slot, little-endian. References to maps are resolved by `relocations`. */
	readonly insns: Uint8Array;
	readonly relocations: readonly Relocation[];
	/** First instruction of each function, the entry first. */
	readonly functions: readonly FunctionSpec[];
	/** BTF line information, ordered by instruction. */
	readonly lines: readonly LineSpec[];
	/** Where each instruction was written, one entry a slot; for text sources. */
	readonly spans?: readonly (Span | undefined)[];
	/** Where the source's variables are, instruction by instruction; for C that was compiled here. */
	readonly variables?: readonly VariableSpec[];
	/** The kernel functions that the code calls, by their id in the kernel's BTF. */
	readonly kfuncs?: readonly KernelFunction[];
	/** Why libbpf would not hand the program to the kernel, e.g. a relocation that fails: nobody judges it. */
	readonly fault?: string;
	/** `fault` is that there is nothing to attach to: a target program that is given mends it. */
	readonly needsTarget?: boolean;
	/** What Skep lacks to load this program, e.g. `kfunc bpf_obj_new_impl`; it says nothing about what Linux would answer. */
	readonly unsupported?: string;
}

/** A function of the kernel by its id in the kernel's BTF. */
export interface KernelFunction {
	readonly id: number;
	readonly name: string;
}

/** A variable in a register, or in the stack at `stack` bytes from r10 (negative), while instructions [start, end) run. */
export interface VariableSpec {
	readonly name: string;
	readonly register?: number;
	readonly stack?: number;
	readonly start: number;
	readonly end: number;
}

/** What an ld_imm64 instruction's immediate stands for. */
export type Relocation =
	/** The map `map` (index into ObjectFile.maps). */
	| { readonly kind: "map"; readonly insn: number; readonly map: number }
	/** The address of byte `offset` of the map's first value (global data). */
	| {
			readonly kind: "map-value";
			readonly insn: number;
			readonly map: number;
			readonly offset: number;
	  };

export interface FunctionSpec {
	readonly insn: number;
	readonly name: string;
	/** BTF id of the function, 0 when unknown. */
	readonly typeId: number;
}

/** struct bpf_line_info: offsets into the BTF string section, column in the low 10 bits of `lineCol`. */
export interface LineSpec {
	readonly insn: number;
	readonly fileNameOff: number;
	readonly lineOff: number;
	readonly lineCol: number;
}

export interface MapSpec {
	readonly name: string;
	/** BPF_MAP_TYPE_*. */
	readonly type: number;
	readonly keySize: number;
	readonly valueSize: number;
	readonly maxEntries: number;
	/** BPF_F_* creation flags. */
	readonly flags: number;
	readonly extra?: number;
	readonly btfKeyTypeId?: number;
	readonly btfValueTypeId?: number;
	/** Template of the inner maps of a map of maps. */
	readonly inner?: MapSpec;
	/** Contents to fill in before load. */
	readonly init?: readonly MapEntry[];
	/** True for `.rodata`: contents are frozen, so the verifier may read them. */
	readonly frozen?: boolean;
	/** Pinned by its name below /sys/fs/bpf (LIBBPF_PIN_BY_NAME). */
	readonly pinned?: boolean;
	readonly numaNode?: number;
	/** Of an arena: libbpf maps its memory, which gives it an address. */
	readonly mapped?: boolean;
	/** Of a struct_ops map: id of its value's struct in the kernel's BTF. */
	readonly btfVmlinuxValueTypeId?: number;
	/** Of a struct_ops map: the variable as the object declares it, in its own layout, with the programs in its pointers. */
	readonly declared?: {
		readonly section: string;
		readonly bytes: Uint8Array;
		/** `key`: byte offset of the pointer. */
		readonly slots: readonly { readonly key: number; readonly target: string }[];
	};
	/** False for a struct_ops map that is made only when asked for (`?.struct_ops`). */
	readonly autocreate?: boolean;
	/** Slots of a map of programs or of maps, by the name of the program or map. Of a struct_ops map: `key` is the byte offset of
	 *  the function pointer in the value. */
	readonly slots?: readonly { readonly key: number; readonly target: string }[];
}

export interface MapEntry {
	readonly key: Uint8Array;
	readonly value: Uint8Array;
}

/** The name that libbpf gives the map of a global data section: 15 characters of the object's name (up to its first dot) and the
 *  section's, a section with a name of its own (`.data.custom`) alone, characters that no C name has as `_`. */
export function dataMapName(objectName: string, section: string): string {
	const own = section.split(".").length > 2;
	const room = Math.max(0, 15 - Math.max(7, section.length));
	const prefix = own ? "" : objectName.replace(/\..*/s, "").slice(0, room);
	return `${prefix}${section}`.slice(0, 15).replace(/[^A-Za-z0-9_.]/g, "_");
}
