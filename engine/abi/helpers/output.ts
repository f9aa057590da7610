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
		doc: "Sends a record of raw bytes to a perf event in a perf event array, where user space reads it from a ring buffer. The low 32 bits of the flags are the index or BPF_F_CURRENT_CPU; packet programs may append that many bytes of the packet as bits 32 to 51 say.",
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
		doc: "As bpf_perf_event_output, for tracing programs that have a typed pointer to a socket buffer: the record may be followed by bytes of that packet.",
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
		doc: "As bpf_perf_event_output, for tracing programs that have a typed pointer to an XDP buffer: the record may be followed by bytes of that frame.",
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
		doc: "Formats values into the file that an iterator's reader sees. Values are an array of 64-bit numbers; -EOVERFLOW when the buffer is full, upon which the kernel calls again with a larger one.",
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
		doc: "Writes bytes to the file that an iterator's reader sees; -EOVERFLOW when the buffer is full.",
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
		doc: "Copies bytes as one record to a ring buffer. BPF_RB_NO_WAKEUP and BPF_RB_FORCE_WAKEUP choose whether the reader is notified; -EAGAIN when there is no room.",
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
		doc: "Reserves a record of a constant size in a ring buffer and gives its address, or 0 when there is no room. Every path must submit or discard it.",
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
		doc: "Makes a reserved record visible to the reader. The pointer must not be used afterwards.",
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
		doc: "Gives a reserved record up; the reader skips it. The pointer must not be used afterwards.",
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
		doc: "Asks a ring buffer for the bytes that wait to be read (BPF_RB_AVAIL_DATA), its size (BPF_RB_RING_SIZE), or the consumer's or producer's position.",
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
		doc: "Writes a readable form of kernel data of a BTF type (struct btf_ptr) to a buffer and gives the length that it would take. Flags leave out names, types or zeros.",
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
		doc: "Writes a readable form of kernel data of a BTF type (struct btf_ptr) to the file that an iterator's reader sees.",
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
		doc: "Reserves a record of any size in a ring buffer behind a dynptr. Every path must submit or discard it, even when the call fails.",
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
		doc: "Makes the record behind a dynptr visible to the reader and invalidates the dynptr.",
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
		doc: "Gives the record behind a dynptr up and invalidates the dynptr.",
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
		doc: "Takes the records that user space put into a user ring buffer and calls a function of the program for each, with a dynptr over it and a context pointer, until it returns 1; gives the number of records.",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, FUNC, STACK_OR_NULL, ANYTHING],
				types: ALL,
			},
		],
	},
];
