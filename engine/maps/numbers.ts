// The numbers of include/uapi/linux/bpf.h that map operations need: kinds of maps, creation and update flags, errnos.
// Nothing here knows what the numbers do.

import { errno } from "../abi/index.ts";

export const BPF_MAP_TYPE = {
	UNSPEC: 0,
	HASH: 1,
	ARRAY: 2,
	PROG_ARRAY: 3,
	PERF_EVENT_ARRAY: 4,
	PERCPU_HASH: 5,
	PERCPU_ARRAY: 6,
	STACK_TRACE: 7,
	CGROUP_ARRAY: 8,
	LRU_HASH: 9,
	LRU_PERCPU_HASH: 10,
	LPM_TRIE: 11,
	ARRAY_OF_MAPS: 12,
	HASH_OF_MAPS: 13,
	DEVMAP: 14,
	SOCKMAP: 15,
	CPUMAP: 16,
	XSKMAP: 17,
	SOCKHASH: 18,
	CGROUP_STORAGE: 19,
	REUSEPORT_SOCKARRAY: 20,
	PERCPU_CGROUP_STORAGE: 21,
	QUEUE: 22,
	STACK: 23,
	SK_STORAGE: 24,
	DEVMAP_HASH: 25,
	STRUCT_OPS: 26,
	RINGBUF: 27,
	INODE_STORAGE: 28,
	TASK_STORAGE: 29,
	BLOOM_FILTER: 30,
	USER_RINGBUF: 31,
	CGRP_STORAGE: 32,
	ARENA: 33,
} as const;

/** Flags of update operations. */
export const BPF_NOEXIST = 1;
export const BPF_EXIST = 2;
export const BPF_F_LOCK = 4;

/** Flags of map creation. */
export const BPF_F_NO_PREALLOC = 0x1;
export const BPF_F_NO_COMMON_LRU = 0x2;
export const BPF_F_NUMA_NODE = 0x4;
export const BPF_F_RDONLY = 0x8;
export const BPF_F_WRONLY = 0x10;
export const BPF_F_ZERO_SEED = 0x40;
export const BPF_F_RDONLY_PROG = 0x80;
export const BPF_F_WRONLY_PROG = 0x100;
export const BPF_F_MMAPABLE = 0x400;
export const BPF_F_PRESERVE_ELEMS = 0x800;
export const BPF_F_INNER_MAP = 0x1000;

/** Error numbers, positive; operations return them negated. */
export const {
	EPERM,
	ENOENT,
	E2BIG,
	EBADF,
	EAGAIN,
	ENOMEM,
	EBUSY,
	EEXIST,
	ENODEV,
	EINVAL,
	ENOSPC,
	EOVERFLOW,
	EOPNOTSUPP,
	ENOTSUPP,
} = errno;
