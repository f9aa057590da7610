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
		doc: "A pseudo-random 32-bit number. It is not fit for cryptography.",
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
		doc: "Number of the CPU that the program runs on. Programs that may migrate between CPUs should not rely on it after the fact.",
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
		doc: "Replaces the running program by that in a slot of a program array; it keeps the context, gets a fresh stack and does not return. When the slot is empty, the index too large, or 33 calls have been made already, execution goes on after the call.",
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
		doc: "Number of the NUMA node of the CPU that the program runs on.",
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
		doc: "Takes the lock of a map value or kernel object (struct bpf_spin_lock). Until it is released the program may hold no other lock, call no helper but the release and must not exit.",
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
		doc: "Releases the lock taken by bpf_spin_lock on the same object.",
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
		doc: "Reads a signed number in base 8, 10, 16 or, with 0, as its prefix says from a string, stores it and gives the number of characters used.",
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
		doc: "Reads an unsigned number in base 8, 10, 16 or, with 0, as its prefix says from a string, stores it and gives the number of characters used.",
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
		doc: "The kernel's 64-bit tick counter.",
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
		doc: "Address of a kernel per-CPU variable for a CPU, 0 when the CPU number is out of range.",
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
		doc: "Address of a kernel per-CPU variable for the CPU that the program runs on; never 0.",
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
		doc: "Formats values to a buffer as a constant format string in read-only data says; the values are an array of 64-bit numbers. Gives the length that it would take, with the NUL.",
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
		doc: "Calls a function of the program a number of times, at most 8388608, with the index and a context pointer, until it returns 1; gives the number of calls. Verified once, whatever the count. Flags must be 0.",
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
		doc: "Compares a string that need not be terminated, of at most this size, with a constant string in read-only data: negative, 0 or positive as strncmp(3).",
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
		doc: "Swaps the kernel pointer kept in a map value with another or null and gives the old one, which the program then owns and must release or store elsewhere.",
		protos: [
			{
				ret: RET_KPTR_OR_NULL,
				args: [KPTR_DEST, KPTR_RELEASE],
				types: ALL,
			},
		],
	},
];
