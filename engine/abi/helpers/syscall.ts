// Helpers for syscall programs: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, INTEGER, MEM, MEM_IN, numberOut, SIZE, SIZE_OR_ZERO } from "../proto.ts";

export const syscallHelpers: readonly Helper[] = [
	{
		id: 166,
		name: "bpf_sys_bpf",
		since: "5.14",
		signature: "long bpf_sys_bpf(u32 cmd, void *attr, u32 attr_size)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING, MEM_IN, SIZE],
				types: ["syscall"],
				mightSleep: true,
			},
		],
	},
	{
		id: 167,
		name: "bpf_btf_find_by_name_kind",
		since: "5.14",
		signature: "long bpf_btf_find_by_name_kind(char *name, int name_sz, u32 kind, int flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN, SIZE, ANYTHING, ANYTHING],
				types: ["syscall"],
				mightSleep: true,
			},
		],
	},
	{
		id: 168,
		name: "bpf_sys_close",
		since: "5.14",
		signature: "long bpf_sys_close(u32 fd)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING],
				types: ["syscall"],
				mightSleep: true,
			},
		],
	},
	{
		id: 179,
		name: "bpf_kallsyms_lookup_name",
		since: "5.16",
		signature: "long bpf_kallsyms_lookup_name(const char *name, int name_sz, int flags, u64 *res)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MEM, SIZE_OR_ZERO, ANYTHING, numberOut(8)],
				types: ["syscall"],
			},
		],
	},
];
