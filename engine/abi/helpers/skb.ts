// Helpers for packets in socket buffers: prototypes, program types and a description of each. A pure table; knows no code.

import { ALL, LWT, TC, without } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	CTX,
	INTEGER,
	MAP,
	MEM_IN,
	MEM_IN_OR_NULL,
	MEM_OUT,
	SIZE,
	SIZE_OR_ZERO,
} from "../proto.ts";

export const skbHelpers: readonly Helper[] = [
	{
		id: 9,
		name: "bpf_skb_store_bytes",
		since: "4.1",
		signature:
			"long bpf_skb_store_bytes(struct __sk_buff *skb, u32 offset, const void *from, u32 len, u64 flags)",
		doc: "Writes bytes into a packet at an offset from its start, also where the packet is not linear. With BPF_F_RECOMPUTE_CSUM the checksum state of the buffer follows, with BPF_F_INVALIDATE_HASH the flow hash is dropped. Packet pointers must be fetched and checked again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_IN, SIZE, ANYTHING],
				types: [...TC, "lwt_xmit", "sk_skb"],
			},
		],
	},
	{
		id: 10,
		name: "bpf_l3_csum_replace",
		since: "4.1",
		signature:
			"long bpf_l3_csum_replace(struct __sk_buff *skb, u32 offset, u64 from, u64 to, u64 size)",
		doc: "Corrects the IP header checksum at an offset after a field has changed from one value to another. The low bits of the flags give the field's size, 2 or 4; size 0 takes a difference computed by bpf_csum_diff instead. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING, ANYTHING, ANYTHING],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 11,
		name: "bpf_l4_csum_replace",
		since: "4.1",
		signature:
			"long bpf_l4_csum_replace(struct __sk_buff *skb, u32 offset, u64 from, u64 to, u64 flags)",
		doc: "Corrects a TCP, UDP or ICMP checksum at an offset after a field has changed. The low bits of the flags give the field's size; BPF_F_PSEUDO_HDR says that the field is part of the pseudo header, BPF_F_MARK_MANGLED_0 leaves a UDP checksum of 0 alone. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING, ANYTHING, ANYTHING],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 17,
		name: "bpf_get_cgroup_classid",
		since: "4.3",
		signature: "u32 bpf_get_cgroup_classid(struct __sk_buff *skb)",
		doc: "Class id that the net_cls cgroup (version 1) gives the packet's socket or the current task, 0 when there is none.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: [...LWT, ...TC],
			},
			{
				ret: INTEGER,
				args: [],
				types: without(
					ALL,
					"sched_cls",
					"sched_act",
					"lwt_in",
					"lwt_out",
					"lwt_xmit",
					"lwt_seg6local",
				),
			},
		],
	},
	{
		id: 18,
		name: "bpf_skb_vlan_push",
		since: "4.3",
		signature: "long bpf_skb_vlan_push(struct __sk_buff *skb, __be16 vlan_proto, u16 vlan_tci)",
		doc: "Adds a VLAN tag with this protocol (ETH_P_8021Q or ETH_P_8021AD, in network order) and tag control information. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: TC,
			},
		],
	},
	{
		id: 19,
		name: "bpf_skb_vlan_pop",
		since: "4.3",
		signature: "long bpf_skb_vlan_pop(struct __sk_buff *skb)",
		doc: "Removes the outermost VLAN tag. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: TC,
			},
		],
	},
	{
		id: 26,
		name: "bpf_skb_load_bytes",
		since: "4.5",
		signature: "long bpf_skb_load_bytes(const void *skb, u32 offset, void *to, u32 len)",
		doc: "Copies bytes of a packet from an offset to a buffer, also where the packet is not linear. -EFAULT, and zeros, when the range is not all there.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_OUT, SIZE],
				types: [
					...LWT,
					...TC,
					"socket_filter",
					"cgroup_skb",
					"sk_skb",
					"sk_reuseport",
					"flow_dissector",
				],
			},
		],
	},
	{
		id: 28,
		name: "bpf_csum_diff",
		since: "4.6",
		signature:
			"s64 bpf_csum_diff(__be32 *from, u32 from_size, __be32 *to, u32 to_size, __wsum seed)",
		doc: "Difference of the Internet checksum between an old and a new piece of memory, added to a seed, for use with the checksum replacing helpers. Sizes must be multiples of 4; either piece may be absent with size 0.",
		protos: [
			{
				ret: INTEGER,
				args: [MEM_IN_OR_NULL, SIZE_OR_ZERO, MEM_IN_OR_NULL, SIZE_OR_ZERO, ANYTHING],
				types: [...LWT, ...TC, "xdp"],
				pktAccess: true,
			},
		],
	},
	{
		id: 31,
		name: "bpf_skb_change_proto",
		since: "4.8",
		signature: "long bpf_skb_change_proto(struct __sk_buff *skb, __be16 proto, u64 flags)",
		doc: "Turns an IPv4 packet into an IPv6 one or back: changes protocol and header room, while filling in the new header is up to the program. Flags must be 0. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: TC,
			},
		],
	},
	{
		id: 32,
		name: "bpf_skb_change_type",
		since: "4.8",
		signature: "long bpf_skb_change_type(struct __sk_buff *skb, u32 type)",
		doc: "Changes the packet's type to host, broadcast, multicast or other host (PACKET_...), so that for instance a packet for another host is taken as one's own.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: TC,
			},
		],
	},
	{
		id: 33,
		name: "bpf_skb_under_cgroup",
		since: "4.8",
		signature: "long bpf_skb_under_cgroup(struct __sk_buff *skb, void *map, u32 index)",
		doc: "Tells whether the packet's socket belongs to the cgroup in a slot of a cgroup array, or to one below it: 1 yes, 0 no, negative for an error.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, ANYTHING],
				types: [...LWT, ...TC],
			},
		],
	},
	{
		id: 34,
		name: "bpf_get_hash_recalc",
		since: "4.8",
		signature: "u32 bpf_get_hash_recalc(struct __sk_buff *skb)",
		doc: "Flow hash of the packet, computed from its headers when it is not known or was invalidated.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: [...LWT, ...TC],
			},
		],
	},
	{
		id: 38,
		name: "bpf_skb_change_tail",
		since: "4.9",
		signature: "long bpf_skb_change_tail(struct __sk_buff *skb, u32 len, u64 flags)",
		doc: "Cuts or lengthens the packet to a total length, at its end; new bytes are zero. Checksum offloads are given up, so it suits replies made from the packet. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: [...TC, "lwt_xmit", "sk_skb"],
			},
		],
	},
	{
		id: 39,
		name: "bpf_skb_pull_data",
		since: "4.9",
		signature: "long bpf_skb_pull_data(struct __sk_buff *skb, u32 len)",
		doc: "Makes the first bytes of the packet linear so that they can be reached through data and data_end; 0 asks for the whole linear part to be made writable. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: [...LWT, ...TC, "sk_skb"],
			},
		],
	},
	{
		id: 40,
		name: "bpf_csum_update",
		since: "4.9",
		signature: "s64 bpf_csum_update(struct __sk_buff *skb, __wsum csum)",
		doc: "Adds a difference to the packet's complete checksum when the driver supplied one, otherwise -ENOTSUPP. Pairs with changes made through packet pointers.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 41,
		name: "bpf_set_hash_invalid",
		since: "4.9",
		signature: "void bpf_set_hash_invalid(struct __sk_buff *skb)",
		doc: "Drops the packet's flow hash, so that the next use computes it anew from the changed headers.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 43,
		name: "bpf_skb_change_head",
		since: "4.10",
		signature: "long bpf_skb_change_head(struct __sk_buff *skb, u32 len, u64 flags)",
		doc: "Grows the headroom in front of the packet by a number of bytes and moves its start there, to put a link layer header before an IP packet. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: [...TC, "lwt_xmit", "sk_skb"],
			},
		],
	},
	{
		id: 48,
		name: "bpf_set_hash",
		since: "4.13",
		signature: "long bpf_set_hash(struct __sk_buff *skb, u32 hash)",
		doc: "Sets the packet's flow hash to a value.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: TC,
			},
		],
	},
	{
		id: 50,
		name: "bpf_skb_adjust_room",
		since: "4.13",
		signature: "long bpf_skb_adjust_room(struct __sk_buff *skb, s32 len_diff, u32 mode, u64 flags)",
		doc: "Grows or shrinks the packet between its link layer and network header (BPF_ADJ_ROOM_MAC), or after the network header (BPF_ADJ_ROOM_NET), to add or remove tunnel headers. Flags describe the new headers so that segmentation stays right. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING, ANYTHING],
				types: [...TC, "sk_skb"],
			},
		],
	},
	{
		id: 68,
		name: "bpf_skb_load_bytes_relative",
		since: "4.18",
		signature:
			"long bpf_skb_load_bytes_relative(const void *skb, u32 offset, void *to, u32 len, u32 start_header)",
		doc: "Copies bytes of a packet from an offset that counts from the link layer header (BPF_HDR_START_MAC) or the network header (BPF_HDR_START_NET).",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_OUT, SIZE, ANYTHING],
				types: [...TC, "socket_filter", "cgroup_skb", "sk_reuseport"],
			},
		],
	},
	{
		id: 79,
		name: "bpf_skb_cgroup_id",
		since: "4.18",
		signature: "u64 bpf_skb_cgroup_id(struct __sk_buff *skb)",
		doc: "Id of the version 2 cgroup of the packet's socket.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: [...TC, "cgroup_skb"],
			},
		],
	},
	{
		id: 83,
		name: "bpf_skb_ancestor_cgroup_id",
		since: "4.19",
		signature: "u64 bpf_skb_ancestor_cgroup_id(struct __sk_buff *skb, int ancestor_level)",
		doc: "Id of the cgroup at a level above that of the packet's socket; level 0 is the root.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: [...TC, "cgroup_skb"],
			},
		],
	},
	{
		id: 97,
		name: "bpf_skb_ecn_set_ce",
		since: "5.1",
		signature: "long bpf_skb_ecn_set_ce(struct __sk_buff *skb)",
		doc: "Marks the packet as having met congestion (ECN), when it is marked as capable; gives 1 when it is marked, 0 otherwise.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: [...TC, "cgroup_skb"],
			},
		],
	},
	{
		id: 135,
		name: "bpf_csum_level",
		since: "5.8",
		signature: "long bpf_csum_level(struct __sk_buff *skb, u64 level)",
		doc: "Changes or asks how many checksums deep the hardware has verified a packet (BPF_CSUM_LEVEL_...), after headers were added or removed.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 151,
		name: "bpf_skb_cgroup_classid",
		since: "5.10",
		signature: "u64 bpf_skb_cgroup_classid(struct __sk_buff *skb)",
		doc: "Class id that the net_cls cgroup (version 1) gives the packet's socket alone, not the current task.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: TC,
			},
		],
	},
	{
		id: 192,
		name: "bpf_skb_set_tstamp",
		since: "5.18",
		signature: "long bpf_skb_set_tstamp(struct __sk_buff *skb, u64 tstamp, u32 tstamp_type)",
		doc: "Sets the packet's time stamp together with what it means: a delivery time by a clock (BPF_SKB_CLOCK_...), or none with 0.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: TC,
			},
		],
	},
];
