// Helpers for XDP frames: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, btf, CTX, INTEGER, MAP, MEM_IN, MEM_OUT, SIZE } from "../proto.ts";

export const xdpHelpers: readonly Helper[] = [
	{
		id: 44,
		name: "bpf_xdp_adjust_head",
		since: "4.10",
		signature: "long bpf_xdp_adjust_head(struct xdp_md *xdp_md, int delta)",
		doc: "",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: ["xdp"],
			},
		],
	},
	{
		id: 51,
		name: "bpf_redirect_map",
		since: "4.14",
		signature: "long bpf_redirect_map(void *map, u64 key, u64 flags)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [MAP, ANYTHING, ANYTHING],
				types: ["xdp"],
			},
		],
	},
	{
		id: 54,
		name: "bpf_xdp_adjust_meta",
		since: "4.15",
		signature: "long bpf_xdp_adjust_meta(struct xdp_md *xdp_md, int delta)",
		doc: "",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: ["xdp"],
			},
		],
	},
	{
		id: 65,
		name: "bpf_xdp_adjust_tail",
		since: "4.18",
		signature: "long bpf_xdp_adjust_tail(struct xdp_md *xdp_md, int delta)",
		doc: "",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: ["xdp"],
			},
		],
	},
	{
		id: 188,
		name: "bpf_xdp_get_buff_len",
		since: "5.18",
		signature: "u64 bpf_xdp_get_buff_len(struct xdp_md *xdp_md)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: ["xdp"],
			},
			{
				ret: INTEGER,
				args: [btf("xdp_buff")],
				types: ["tracing", "lsm", "syscall"],
			},
		],
	},
	{
		id: 189,
		name: "bpf_xdp_load_bytes",
		since: "5.18",
		signature: "long bpf_xdp_load_bytes(struct xdp_md *xdp_md, u32 offset, void *buf, u32 len)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_OUT, SIZE],
				types: ["xdp"],
			},
		],
	},
	{
		id: 190,
		name: "bpf_xdp_store_bytes",
		since: "5.18",
		signature: "long bpf_xdp_store_bytes(struct xdp_md *xdp_md, u32 offset, void *buf, u32 len)",
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_IN, SIZE],
				types: ["xdp"],
			},
		],
	},
];
