// Helpers for data for user space: perf events, ring buffers, sequence files: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL, without } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ALLOC_SIZE,
	ANYTHING,
	btf,
	CTX,
	DYNPTR_RINGBUF_OUT,
	DYNPTR_RINGBUF_RELEASE,
	FUNC,
	INTEGER,
	MAP,
	MEM_IN,
	MEM_IN_OR_NULL,
	MEM_INOUT,
	RECORD_RELEASE,
	RET_RECORD_OR_NULL,
	SIZE,
	SIZE_OR_ZERO,
	STACK_OR_NULL,
	VOID,
} from "../proto.ts";

export const outputHelpers: readonly Helper[] = [
	{
		id: 25,
		name: "bpf_perf_event_output",
		since: "4.4",
		signature: "long bpf_perf_event_output(void *ctx, void *map, u64 flags, void *data, u64 size)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, ANYTHING, MEM_IN, SIZE_OR_ZERO],
				types: without(ALL, "sk_reuseport", "flow_dissector", "struct_ops", "netfilter"),
				gplOnly: true,
			},
		],
	},
	{
		id: 111,
		name: "bpf_skb_output",
		since: "5.5",
		signature: "long bpf_skb_output(void *ctx, void *map, u64 flags, void *data, u64 size)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("sk_buff"), MAP, ANYTHING, MEM_IN, SIZE_OR_ZERO],
				types: ["tracing", "lsm", "syscall"],
				gplOnly: true,
			},
		],
	},
	{
		id: 121,
		name: "bpf_xdp_output",
		since: "5.7",
		signature: "long bpf_xdp_output(void *ctx, void *map, u64 flags, void *data, u64 size)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("xdp_buff"), MAP, ANYTHING, MEM_IN, SIZE_OR_ZERO],
				types: ["tracing", "lsm", "syscall"],
				gplOnly: true,
			},
		],
	},
	{
		id: 126,
		name: "bpf_seq_printf",
		since: "5.8",
		signature:
			"long bpf_seq_printf(struct seq_file *m, const char *fmt, u32 fmt_size, const void *data, u32 data_len)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("seq_file"), MEM_IN, SIZE, MEM_IN_OR_NULL, SIZE_OR_ZERO],
				types: ["tracing"],
				attach: { tracing: [28] },
				gplOnly: true,
			},
		],
	},
	{
		id: 127,
		name: "bpf_seq_write",
		since: "5.8",
		signature: "long bpf_seq_write(struct seq_file *m, const void *data, u32 len)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("seq_file"), MEM_IN, SIZE_OR_ZERO],
				types: ["tracing"],
				attach: { tracing: [28] },
				gplOnly: true,
			},
		],
	},
	{
		id: 130,
		name: "bpf_ringbuf_output",
		since: "5.8",
		signature: "long bpf_ringbuf_output(void *ringbuf, void *data, u64 size, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, MEM_IN, SIZE_OR_ZERO, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 131,
		name: "bpf_ringbuf_reserve",
		since: "5.8",
		signature: "void *bpf_ringbuf_reserve(void *ringbuf, u64 size, u64 flags)",
		doc: "",
		protos: [
			{
				ret: RET_RECORD_OR_NULL,
				args: [MAP, ALLOC_SIZE, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 132,
		name: "bpf_ringbuf_submit",
		since: "5.8",
		signature: "void bpf_ringbuf_submit(void *data, u64 flags)",
		doc: "",
		protos: [
			{
				ret: VOID,
				args: [RECORD_RELEASE, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 133,
		name: "bpf_ringbuf_discard",
		since: "5.8",
		signature: "void bpf_ringbuf_discard(void *data, u64 flags)",
		doc: "",
		protos: [
			{
				ret: VOID,
				args: [RECORD_RELEASE, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 134,
		name: "bpf_ringbuf_query",
		since: "5.8",
		signature: "u64 bpf_ringbuf_query(void *ringbuf, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 149,
		name: "bpf_snprintf_btf",
		since: "5.10",
		signature:
			"long bpf_snprintf_btf(char *str, u32 str_size, struct btf_ptr *ptr, u32 btf_ptr_size, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_INOUT, SIZE, MEM_IN, SIZE, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 150,
		name: "bpf_seq_printf_btf",
		since: "5.10",
		signature:
			"long bpf_seq_printf_btf(struct seq_file *m, struct btf_ptr *ptr, u32 ptr_size, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [btf("seq_file"), MEM_IN, SIZE_OR_ZERO, ANYTHING],
				types: ["tracing"],
				attach: { tracing: [28] },
				gplOnly: true,
			},
		],
	},
	{
		id: 198,
		name: "bpf_ringbuf_reserve_dynptr",
		since: "5.19",
		signature:
			"long bpf_ringbuf_reserve_dynptr(void *ringbuf, u32 size, u64 flags, struct bpf_dynptr *ptr)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, ANYTHING, ANYTHING, DYNPTR_RINGBUF_OUT],
				types: ALL,
			},
		],
	},
	{
		id: 199,
		name: "bpf_ringbuf_submit_dynptr",
		since: "5.19",
		signature: "void bpf_ringbuf_submit_dynptr(struct bpf_dynptr *ptr, u64 flags)",
		doc: "",
		protos: [
			{
				ret: VOID,
				args: [DYNPTR_RINGBUF_RELEASE, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 200,
		name: "bpf_ringbuf_discard_dynptr",
		since: "5.19",
		signature: "void bpf_ringbuf_discard_dynptr(struct bpf_dynptr *ptr, u64 flags)",
		doc: "",
		protos: [
			{
				ret: VOID,
				args: [DYNPTR_RINGBUF_RELEASE, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 209,
		name: "bpf_user_ringbuf_drain",
		since: "6.1",
		signature: "long bpf_user_ringbuf_drain(void *map, void *callback_fn, void *ctx, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, FUNC, STACK_OR_NULL, ANYTHING],
				types: ALL,
			},
		],
	},
];
