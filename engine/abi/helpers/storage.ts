// Helpers for storage that is kept with a socket, inode, task or cgroup: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL, TC } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	BTF_SOCK,
	btfOrNull,
	CTX,
	INTEGER,
	MAP,
	RET_VALUE_OR_NULL,
	VALUE_OR_NULL,
} from "../proto.ts";

export const storageHelpers: readonly Helper[] = [
	{
		id: 107,
		name: "bpf_sk_storage_get",
		since: "5.2",
		signature: "void *bpf_sk_storage_get(void *map, void *sk, void *value, u64 flags)",
		doc: "Address of the storage that an sk_storage map holds for a socket, 0 when there is none. With BPF_SK_STORAGE_GET_F_CREATE it is made, with the given first value or zeros.",
		protos: [
			{
				ret: RET_VALUE_OR_NULL,
				args: [MAP, CTX, VALUE_OR_NULL, ANYTHING],
				types: ["cgroup_sock"],
			},
			{
				ret: RET_VALUE_OR_NULL,
				args: [MAP, btfOrNull("sock_common"), VALUE_OR_NULL, ANYTHING],
				types: ["tracing", "syscall"],
			},
			{
				ret: RET_VALUE_OR_NULL,
				args: [MAP, BTF_SOCK, VALUE_OR_NULL, ANYTHING],
				types: [
					...TC,
					"cgroup_skb",
					"sock_ops",
					"sk_msg",
					"cgroup_sock_addr",
					"cgroup_sockopt",
					"struct_ops",
					"lsm",
				],
			},
		],
	},
	{
		id: 108,
		name: "bpf_sk_storage_delete",
		since: "5.2",
		signature: "long bpf_sk_storage_delete(void *map, void *sk)",
		doc: "Removes the storage that an sk_storage map holds for a socket; -ENOENT when there is none.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, btfOrNull("sock_common")],
				types: ["tracing", "syscall"],
			},
			{
				ret: INTEGER,
				args: [MAP, BTF_SOCK],
				types: [
					...TC,
					"cgroup_skb",
					"sock_ops",
					"sk_msg",
					"cgroup_sock_addr",
					"cgroup_sockopt",
					"struct_ops",
					"lsm",
				],
			},
		],
	},
	{
		id: 145,
		name: "bpf_inode_storage_get",
		since: "5.10",
		signature: "void *bpf_inode_storage_get(void *map, void *inode, void *value, u64 flags)",
		doc: "Address of the storage that an inode_storage map holds for an inode, 0 when there is none. With BPF_LOCAL_STORAGE_GET_F_CREATE it is made.",
		protos: [
			{
				ret: RET_VALUE_OR_NULL,
				args: [MAP, btfOrNull("inode"), VALUE_OR_NULL, ANYTHING],
				types: ["lsm"],
			},
		],
	},
	{
		id: 146,
		name: "bpf_inode_storage_delete",
		since: "5.10",
		signature: "int bpf_inode_storage_delete(void *map, void *inode)",
		doc: "Removes the storage that an inode_storage map holds for an inode; -ENOENT when there is none.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, btfOrNull("inode")],
				types: ["lsm"],
			},
		],
	},
	{
		id: 156,
		name: "bpf_task_storage_get",
		since: "5.11",
		signature:
			"void *bpf_task_storage_get(void *map, struct task_struct *task, void *value, u64 flags)",
		doc: "Address of the storage that a task_storage map holds for a task, 0 when there is none. With BPF_LOCAL_STORAGE_GET_F_CREATE it is made.",
		protos: [
			{
				ret: RET_VALUE_OR_NULL,
				args: [MAP, btfOrNull("task_struct"), VALUE_OR_NULL, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 157,
		name: "bpf_task_storage_delete",
		since: "5.11",
		signature: "long bpf_task_storage_delete(void *map, struct task_struct *task)",
		doc: "Removes the storage that a task_storage map holds for a task; -ENOENT when there is none.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, btfOrNull("task_struct")],
				types: ALL,
			},
		],
	},
	{
		id: 210,
		name: "bpf_cgrp_storage_get",
		since: "6.2",
		signature:
			"void *bpf_cgrp_storage_get(void *map, struct cgroup *cgroup, void *value, u64 flags)",
		doc: "Address of the storage that a cgrp_storage map holds for a cgroup, 0 when there is none. With BPF_LOCAL_STORAGE_GET_F_CREATE it is made.",
		protos: [
			{
				ret: RET_VALUE_OR_NULL,
				args: [MAP, btfOrNull("cgroup"), VALUE_OR_NULL, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 211,
		name: "bpf_cgrp_storage_delete",
		since: "6.2",
		signature: "long bpf_cgrp_storage_delete(void *map, struct cgroup *cgroup)",
		doc: "Removes the storage that a cgrp_storage map holds for a cgroup; -ENOENT when there is none.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, btfOrNull("cgroup")],
				types: ALL,
			},
		],
	},
];
