// Helpers for security hooks and files: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, btf, INTEGER, MEM_INOUT, MEM_OUT, SIZE, SIZE_OR_ZERO } from "../proto.ts";

export const lsmHelpers: readonly Helper[] = [
	{
		id: 147,
		name: "bpf_d_path",
		since: "5.10",
		signature: "long bpf_d_path(struct path *path, char *buf, u32 sz)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("path"), MEM_INOUT, SIZE_OR_ZERO],
				types: ["tracing", "lsm", "syscall"],
			},
		],
	},
	{
		id: 159,
		name: "bpf_bprm_opts_set",
		since: "5.11",
		signature: "long bpf_bprm_opts_set(struct linux_binprm *bprm, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("linux_binprm"), ANYTHING],
				types: ["lsm"],
			},
		],
	},
	{
		id: 161,
		name: "bpf_ima_inode_hash",
		since: "5.11",
		signature: "long bpf_ima_inode_hash(struct inode *inode, void *dst, u32 size)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("inode"), MEM_OUT, SIZE],
				types: ["lsm"],
				mightSleep: true,
			},
		],
	},
	{
		id: 193,
		name: "bpf_ima_file_hash",
		since: "5.18",
		signature: "long bpf_ima_file_hash(struct file *file, void *dst, u32 size)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("file"), MEM_OUT, SIZE],
				types: ["lsm"],
				mightSleep: true,
			},
		],
	},
];
