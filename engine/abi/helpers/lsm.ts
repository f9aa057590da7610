// Helpers for security hooks and files: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, btf, INTEGER, MEM_INOUT, MEM_OUT, SIZE, SIZE_OR_ZERO } from "../proto.ts";

export const lsmHelpers: readonly Helper[] = [
	{
		id: 147,
		name: "bpf_d_path",
		since: "5.10",
		signature: "long bpf_d_path(struct path *path, char *buf, u32 sz)",
		doc: "Writes the full path name of a struct path to a buffer and gives its length with the NUL. Only at a list of kernel functions where that is safe.",
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
		doc: "Sets options of a program that is about to be executed: BPF_F_BPRM_SECUREEXEC asks for secure execution, as for set-user-id programs.",
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
		doc: "Copies the integrity measurement (IMA) hash that is known for an inode and gives the hash algorithm; -EOPNOTSUPP without IMA.",
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
		doc: "Computes the integrity measurement (IMA) hash of a file and gives the hash algorithm; -EOPNOTSUPP without IMA. May sleep.",
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
