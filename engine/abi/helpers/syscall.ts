// Helpers for syscall programs: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, INTEGER, MEM_IN, numberOut, SIZE, SIZE_OR_ZERO } from "../proto.ts";

export const syscallHelpers: readonly Helper[] = [
	{
		id: 166,
		name: "bpf_sys_bpf",
		since: "5.14",
		signature: "long bpf_sys_bpf(u32 cmd, void *attr, u32 attr_size)",
		doc: "Makes a bpf(2) call from a syscall program: a limited set of commands such as creating maps and loading programs and BTF.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING, MEM_IN, SIZE],
				types: ["syscall"],
			},
		],
	},
	{
		id: 167,
		name: "bpf_btf_find_by_name_kind",
		since: "5.14",
		signature: "long bpf_btf_find_by_name_kind(char *name, int name_sz, u32 kind, int flags)",
		doc: "Finds a type of the kernel's BTF by name and kind and gives its id; for module types with the module's descriptor in the upper 32 bits.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN, SIZE, ANYTHING, ANYTHING],
				types: ["syscall"],
			},
		],
	},
	{
		id: 168,
		name: "bpf_sys_close",
		since: "5.14",
		signature: "long bpf_sys_close(u32 fd)",
		doc: "Closes a file descriptor, from a syscall program.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING],
				types: ["syscall"],
			},
		],
	},
	{
		id: 179,
		name: "bpf_kallsyms_lookup_name",
		since: "5.16",
		signature: "long bpf_kallsyms_lookup_name(const char *name, int name_sz, int flags, u64 *res)",
		doc: "Stores the address of a kernel symbol, by name; -ENOENT and 0 when there is none, -EPERM when the caller may not see addresses.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN, SIZE_OR_ZERO, ANYTHING, numberOut(8)],
				types: ["syscall"],
			},
		],
	},
];
