// Helpers for XDP frames: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, btf, CTX, INTEGER, MAP, MEM_IN, MEM_OUT, SIZE } from "../proto.ts";

export const xdpHelpers: readonly Helper[] = [
	{
		id: 44,
		name: "bpf_xdp_adjust_head",
		since: "4.10",
		signature: "long bpf_xdp_adjust_head(struct xdp_md *xdp_md, int delta)",
		doc: "Moves the start of the frame by a signed number of bytes: negative to make room for headers, positive to strip them. Packet pointers must be fetched again.",
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
		doc: "Redirects the frame to the target in a map: a device, a CPU or an AF_XDP socket. Gives XDP_REDIRECT, or the low two bits of the flags as verdict when the key is not there. BPF_F_BROADCAST sends to all devices, BPF_F_EXCLUDE_INGRESS spares the one it came from.",
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
		doc: "Moves the start of the metadata area in front of the frame by a signed number of bytes; data_meta to data may hold up to 32 bytes, a multiple of 4, which later programs see. Packet pointers must be fetched again.",
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
		doc: "Moves the end of the frame by a signed number of bytes: negative cuts, positive grows into the tail room with zeros. Packet pointers must be fetched again.",
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
		doc: "Length of the frame with all its fragments.",
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
		doc: "Copies bytes of a frame from an offset to a buffer, across fragments.",
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
		doc: "Copies bytes from a buffer into a frame at an offset, across fragments.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_IN, SIZE],
				types: ["xdp"],
			},
		],
	},
];
