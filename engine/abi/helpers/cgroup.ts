// Helpers for cgroup hooks: prototypes, program types and a description of each. A pure table; knows no code.

import { CGROUP } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	CTX,
	INTEGER,
	MAP,
	MEM_IN,
	MEM_INOUT,
	MEM_OUT,
	RET_VALUE,
	SIZE,
} from "../proto.ts";

export const cgroupHelpers: readonly Helper[] = [
	{
		id: 81,
		name: "bpf_get_local_storage",
		since: "4.19",
		signature: "void *bpf_get_local_storage(void *map, u64 flags)",
		doc: "Address of the storage that a cgroup storage map holds for the cgroup at which the program runs. It always exists, so there is no need to compare with 0. Flags must be 0.",
		protos: [
			{
				ret: RET_VALUE,
				args: [MAP, ANYTHING],
				types: [...CGROUP, "cgroup_skb", "sock_ops", "lsm"],
				attach: { lsm: [43] },
			},
		],
	},
	{
		id: 101,
		name: "bpf_sysctl_get_name",
		since: "5.2",
		signature:
			"long bpf_sysctl_get_name(struct bpf_sysctl *ctx, char *buf, unsigned long buf_len, u64 flags)",
		doc: "Copies the path below /proc/sys of the file being accessed, or with BPF_F_SYSCTL_BASE_NAME its last part; gives its length.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_INOUT, SIZE, ANYTHING],
				types: ["cgroup_sysctl"],
			},
		],
	},
	{
		id: 102,
		name: "bpf_sysctl_get_current_value",
		since: "5.2",
		signature:
			"long bpf_sysctl_get_current_value(struct bpf_sysctl *ctx, char *buf, unsigned long buf_len)",
		doc: "Copies the present value of the sysctl as a string and gives its length.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_OUT, SIZE],
				types: ["cgroup_sysctl"],
			},
		],
	},
	{
		id: 103,
		name: "bpf_sysctl_get_new_value",
		since: "5.2",
		signature:
			"long bpf_sysctl_get_new_value(struct bpf_sysctl *ctx, char *buf, unsigned long buf_len)",
		doc: "Copies the value that is being written to the sysctl and gives its length; -EINVAL while it is read.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_OUT, SIZE],
				types: ["cgroup_sysctl"],
			},
		],
	},
	{
		id: 104,
		name: "bpf_sysctl_set_new_value",
		since: "5.2",
		signature:
			"long bpf_sysctl_set_new_value(struct bpf_sysctl *ctx, const char *buf, unsigned long buf_len)",
		doc: "Replaces the value that is being written to the sysctl; -EINVAL while it is read.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_IN, SIZE],
				types: ["cgroup_sysctl"],
			},
		],
	},
	{
		id: 186,
		name: "bpf_get_retval",
		since: "5.18",
		signature: "int bpf_get_retval(void)",
		doc: "The value that the hooked system call will return as it stands: 0, or the negative error that an earlier program or the kernel set.",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: [...CGROUP, "lsm"],
				attach: { lsm: [43] },
				exceptAttach: [0, 1, 3, 19, 20, 29, 30, 31, 32, 51, 52, 53],
			},
		],
	},
	{
		id: 187,
		name: "bpf_set_retval",
		since: "5.18",
		signature: "int bpf_set_retval(int retval)",
		doc: "Sets the value that the hooked system call will return; a negative error makes it fail with that error rather than EPERM.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING],
				types: [...CGROUP, "lsm"],
				attach: { lsm: [43] },
				exceptAttach: [0, 1, 3, 19, 20, 29, 30, 31, 32, 51, 52, 53],
			},
		],
	},
];
