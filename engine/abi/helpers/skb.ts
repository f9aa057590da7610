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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
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
		doc: "",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: TC,
			},
		],
	},
];
