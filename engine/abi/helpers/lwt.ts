// Helpers for lightweight tunnels and SRv6: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, CTX, INTEGER, MEM_IN, SIZE } from "../proto.ts";

export const lwtHelpers: readonly Helper[] = [
	{
		id: 73,
		name: "bpf_lwt_push_encap",
		since: "4.18",
		signature: "long bpf_lwt_push_encap(struct __sk_buff *skb, u32 type, void *hdr, u32 len)",
		doc: "Puts a header before the packet: an IPv6 segment routing header outside (BPF_LWT_ENCAP_SEG6) or inline, or an IP tunnel header (BPF_LWT_ENCAP_IP). Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_IN, SIZE],
				types: ["lwt_in", "lwt_xmit"],
			},
		],
	},
	{
		id: 74,
		name: "bpf_lwt_seg6_store_bytes",
		since: "4.18",
		signature:
			"long bpf_lwt_seg6_store_bytes(struct __sk_buff *skb, u32 offset, const void *from, u32 len)",
		doc: "Writes bytes to the parts of the outermost segment routing header that may change: flags, tag and TLVs. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_IN, SIZE],
				types: ["lwt_seg6local"],
			},
		],
	},
	{
		id: 75,
		name: "bpf_lwt_seg6_adjust_srh",
		since: "4.18",
		signature: "long bpf_lwt_seg6_adjust_srh(struct __sk_buff *skb, u32 offset, s32 delta)",
		doc: "Grows or shrinks the TLV area of the outermost segment routing header at an offset. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: ["lwt_seg6local"],
			},
		],
	},
	{
		id: 76,
		name: "bpf_lwt_seg6_action",
		since: "4.18",
		signature:
			"long bpf_lwt_seg6_action(struct __sk_buff *skb, u32 action, void *param, u32 param_len)",
		doc: "Applies a segment routing action to the packet, e.g. End.X, End.T, End.B6 or End.DT6, with its parameter. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_IN, SIZE],
				types: ["lwt_seg6local"],
			},
		],
	},
];
