// Helpers for the language itself: tail calls, loops, strings, locks, per-CPU data: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL, ALL_AND_LIRC, CGROUP, LWT, TC, TRACE } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	CONST_STR,
	CTX,
	FUNC,
	INTEGER,
	KPTR_DEST,
	KPTR_RELEASE,
	MAP,
	MEM_IN,
	MEM_IN_OR_NULL,
	MEM_INOUT_OR_NULL,
	numberOut,
	PERCPU,
	RET_KPTR_OR_NULL,
	RET_PERCPU,
	RET_PERCPU_OR_NULL,
	SIZE,
	SIZE_OR_ZERO,
	SPIN_LOCK,
	STACK_OR_NULL,
	VOID,
} from "../proto.ts";

export const coreHelpers: readonly Helper[] = [
	{
		id: 7,
		name: "bpf_get_prandom_u32",
		since: "4.1",
		signature: "u32 bpf_get_prandom_u32(void)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL_AND_LIRC,
			},
		],
	},
	{
		id: 8,
		name: "bpf_get_smp_processor_id",
		since: "4.1",
		signature: "u32 bpf_get_smp_processor_id(void)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: [...TRACE, ...LWT, ...TC, "xdp"],
				fastcall: true,
			},
			{
				ret: INTEGER,
				args: [],
				types: [
					...CGROUP,
					"socket_filter",
					"cgroup_skb",
					"sock_ops",
					"sk_skb",
					"sk_msg",
					"sk_reuseport",
					"flow_dissector",
					"struct_ops",
					"sk_lookup",
					"netfilter",
				],
			},
		],
	},
	{
		id: 12,
		name: "bpf_tail_call",
		since: "4.2",
		signature: "long bpf_tail_call(void *ctx, void *prog_array_map, u32 index)",
		doc: "",
		changesPacket: true,
		protos: [
			{
				ret: VOID,
				args: [CTX, MAP, ANYTHING],
				types: ALL_AND_LIRC,
			},
		],
	},
	{
		id: 42,
		name: "bpf_get_numa_node_id",
		since: "4.10",
		signature: "long bpf_get_numa_node_id(void)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL,
			},
		],
	},
	{
		id: 93,
		name: "bpf_spin_lock",
		since: "5.1",
		signature: "long bpf_spin_lock(struct bpf_spin_lock *lock)",
		doc: "",
		protos: [
			{
				ret: VOID,
				args: [SPIN_LOCK],
				types: ALL,
			},
		],
	},
	{
		id: 94,
		name: "bpf_spin_unlock",
		since: "5.1",
		signature: "long bpf_spin_unlock(struct bpf_spin_lock *lock)",
		doc: "",
		protos: [
			{
				ret: VOID,
				args: [SPIN_LOCK],
				types: ALL,
			},
		],
	},
	{
		id: 105,
		name: "bpf_strtol",
		since: "5.2",
		signature: "long bpf_strtol(const char *buf, unsigned long buf_len, u64 flags, long *res)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN, SIZE, ANYTHING, numberOut(8)],
				types: ALL,
			},
		],
	},
	{
		id: 106,
		name: "bpf_strtoul",
		since: "5.2",
		signature:
			"long bpf_strtoul(const char *buf, unsigned long buf_len, u64 flags, unsigned long *res)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN, SIZE, ANYTHING, numberOut(8)],
				types: ALL,
			},
		],
	},
	{
		id: 118,
		name: "bpf_jiffies64",
		since: "5.6",
		signature: "u64 bpf_jiffies64(void)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [],
				types: ALL,
			},
		],
	},
	{
		id: 153,
		name: "bpf_per_cpu_ptr",
		since: "5.10",
		signature: "void *bpf_per_cpu_ptr(const void *percpu_ptr, u32 cpu)",
		doc: "",
		protos: [
			{
				ret: RET_PERCPU_OR_NULL,
				args: [PERCPU, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 154,
		name: "bpf_this_cpu_ptr",
		since: "5.10",
		signature: "void *bpf_this_cpu_ptr(const void *percpu_ptr)",
		doc: "",
		protos: [
			{
				ret: RET_PERCPU,
				args: [PERCPU],
				types: ALL,
			},
		],
	},
	{
		id: 165,
		name: "bpf_snprintf",
		since: "5.13",
		signature:
			"long bpf_snprintf(char *str, u32 str_size, const char *fmt, u64 *data, u32 data_len)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_INOUT_OR_NULL, SIZE_OR_ZERO, CONST_STR, MEM_IN_OR_NULL, SIZE_OR_ZERO],
				types: ALL,
				gplOnly: true,
			},
		],
	},
	{
		id: 181,
		name: "bpf_loop",
		since: "5.17",
		signature: "long bpf_loop(u32 nr_loops, void *callback_fn, void *callback_ctx, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING, FUNC, STACK_OR_NULL, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 182,
		name: "bpf_strncmp",
		since: "5.17",
		signature: "long bpf_strncmp(const char *s1, u32 s1_sz, const char *s2)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN, SIZE, CONST_STR],
				types: ALL,
			},
		],
	},
	{
		id: 194,
		name: "bpf_kptr_xchg",
		since: "5.19",
		signature: "void *bpf_kptr_xchg(void *dst, void *ptr)",
		doc: "",
		protos: [
			{
				ret: RET_KPTR_OR_NULL,
				args: [KPTR_DEST, KPTR_RELEASE],
				types: ALL,
			},
		],
	},
];
