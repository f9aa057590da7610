// What of objects is read and written, as tables: relocation types, members of map definitions, sections, what is missing. Readers
// check against them, the parity list is made of them.

import { relocationKind } from "./core/spec.ts";

export interface Feature {
	readonly name: string;
	readonly what: string;
	/** False: known, and refused by name. */
	readonly there: boolean;
}

const row = (name: string, what: string, there = true): Feature => ({ name, what, there });

/** R_BPF_* by number (Documentation/bpf/llvm_reloc.rst). */
export const relocationTypes: Readonly<Record<number, Feature>> = {
	0: row("R_BPF_NONE", "nothing"),
	1: row("R_BPF_64_64", "64-bit load: map, global data, extern, address of a function"),
	2: row("R_BPF_64_ABS64", "word of data: slot of `values`, function pointer of struct_ops"),
	3: row("R_BPF_64_ABS32", "32-bit word of data: types and debug information"),
	4: row("R_BPF_64_NODYLD32", "the same in `.BTF` and `.BTF.ext`, left alone"),
	10: row("R_BPF_64_32", "call: subprogram, kfunc"),
};

/** Members of a BTF-defined map. */
export const mapMembers: readonly Feature[] = [
	row("type", "BPF_MAP_TYPE_*"),
	row("key_size", "bytes"),
	row("value_size", "bytes"),
	row("key", "type of the key"),
	row("value", "type of the value"),
	row(
		"max_entries",
		"rounded up to pages for ring buffers; CPUs for perf event arrays without one",
	),
	row("map_flags", "BPF_F_*"),
	row("map_extra", "`__uint` or `__ulong`"),
	row("numa_node", "node"),
	row("pinning", "LIBBPF_PIN_BY_NAME, told and not done"),
	row("values", "template of inner maps, slots with maps or programs"),
];

/** Sections that are neither code nor BTF. */
export const dataSections: readonly Feature[] = [
	row("license", "text"),
	row("version", "LINUX_VERSION_CODE"),
	row(".maps", "BTF-defined maps"),
	row("maps", "struct bpf_map_def, with BPF_ANNOTATE_KV_PAIR"),
	row(".data[.…]", "array map of its own"),
	row(".rodata[.…]", "frozen array map"),
	row(".bss[.…]", "array map of zeroes"),
	row(
		".kconfig",
		"LINUX_KERNEL_VERSION, LINUX_HAS_BPF_COOKIE, LINUX_HAS_SYSCALL_WRAPPER, CONFIG_*",
	),
	row(".ksyms", "kfuncs and variables by the kernel's types, addresses by its symbols"),
	row(".struct_ops", "struct_ops maps, laid out as the kernel's struct"),
	row(".struct_ops.link", "the same with BPF_F_LINK"),
	row("?.struct_ops[.link]", "the same, not made unless asked for"),
	row(".addr_space.1", "variables of an arena"),
	row(".rodata with relocations", "jump tables", false),
	row("types and kfuncs of modules", "the kernel's own BTF alone is searched", false),
];

/** enum bpf_core_relo_kind by name. */
export const coreKinds: readonly string[] = Object.keys(relocationKind);
