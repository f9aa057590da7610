// Helpers for dynptrs: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ALLOC_SIZE,
	ANYTHING,
	DYNPTR_IN,
	DYNPTR_LOCAL_OUT,
	INTEGER,
	MEM_IN,
	MEM_OUT,
	RET_MEM_OR_NULL,
	SIZE_OR_ZERO,
} from "../proto.ts";

export const dynptrHelpers: readonly Helper[] = [
	{
		id: 197,
		name: "bpf_dynptr_from_mem",
		since: "5.19",
		signature: "long bpf_dynptr_from_mem(void *data, u32 size, u64 flags, struct bpf_dynptr *ptr)",
		doc: "Makes a dynptr over memory of a map value, whose size and offset are then checked at run time rather than by the verifier.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, ANYTHING, DYNPTR_LOCAL_OUT],
				types: ALL,
			},
		],
	},
	{
		id: 201,
		name: "bpf_dynptr_read",
		since: "5.19",
		signature:
			"long bpf_dynptr_read(void *dst, u32 len, const struct bpf_dynptr *src, u32 offset, u64 flags)",
		doc: "Copies bytes from an offset of a dynptr to a buffer; -E2BIG when they reach past its end.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_OUT, SIZE_OR_ZERO, DYNPTR_IN, ANYTHING, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 202,
		name: "bpf_dynptr_write",
		since: "5.19",
		signature:
			"long bpf_dynptr_write(const struct bpf_dynptr *dst, u32 offset, void *src, u32 len, u64 flags)",
		doc: "Copies bytes from a buffer to an offset of a dynptr; -E2BIG when they reach past its end, -EINVAL when it is read-only. For packets the flags are those of bpf_skb_store_bytes.",
		protos: [
			{
				ret: INTEGER,
				args: [DYNPTR_IN, ANYTHING, MEM_IN, SIZE_OR_ZERO, ANYTHING],
				types: ALL,
			},
		],
	},
	{
		id: 203,
		name: "bpf_dynptr_data",
		since: "5.19",
		signature: "void *bpf_dynptr_data(const struct bpf_dynptr *ptr, u32 offset, u32 len)",
		doc: "Address of a constant number of bytes at an offset of a dynptr, 0 when they reach past its end or the dynptr is read-only. Not for packet dynptrs.",
		protos: [
			{
				ret: RET_MEM_OR_NULL,
				args: [DYNPTR_IN, ANYTHING, ALLOC_SIZE],
				types: ALL,
			},
		],
	},
];
