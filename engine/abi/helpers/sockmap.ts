// Helpers for socket maps and socket messages: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, CTX, INTEGER, KEY, MAP } from "../proto.ts";

export const sockmapHelpers: readonly Helper[] = [
	{
		id: 52,
		name: "bpf_sk_redirect_map",
		since: "4.14",
		signature: "long bpf_sk_redirect_map(struct __sk_buff *skb, void *map, u32 key, u64 flags)",
		doc: "Redirects the data to the socket at an index of a sockmap, to its send path or with BPF_F_INGRESS to its receive queue. Gives SK_PASS, or SK_DROP for an error.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, ANYTHING, ANYTHING],
				types: ["sk_skb"],
			},
		],
	},
	{
		id: 53,
		name: "bpf_sock_map_update",
		since: "4.14",
		signature:
			"long bpf_sock_map_update(struct bpf_sock_ops *skops, void *map, void *key, u64 flags)",
		doc: "Puts the connection's socket into a sockmap under a key, from a sockops program. The flags are those of bpf_map_update_elem.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, KEY, ANYTHING],
				types: ["sock_ops"],
				pktAccess: true,
			},
		],
	},
	{
		id: 60,
		name: "bpf_msg_redirect_map",
		since: "4.17",
		signature: "long bpf_msg_redirect_map(struct sk_msg_md *msg, void *map, u32 key, u64 flags)",
		doc: "Redirects the message to the socket at an index of a sockmap, to its send path or with BPF_F_INGRESS to its receive queue. Gives SK_PASS, or SK_DROP for an error.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, ANYTHING, ANYTHING],
				types: ["sk_msg"],
			},
		],
	},
	{
		id: 61,
		name: "bpf_msg_apply_bytes",
		since: "4.17",
		signature: "long bpf_msg_apply_bytes(struct sk_msg_md *msg, u32 bytes)",
		doc: "Applies the verdict to the next bytes of the stream, however many calls they come in, before the program is asked again.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: ["sk_msg"],
			},
		],
	},
	{
		id: 62,
		name: "bpf_msg_cork_bytes",
		since: "4.17",
		signature: "long bpf_msg_cork_bytes(struct sk_msg_md *msg, u32 bytes)",
		doc: "Holds the verdict back until this many bytes have been gathered, then runs the program again on all of them.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: ["sk_msg"],
			},
		],
	},
	{
		id: 63,
		name: "bpf_msg_pull_data",
		since: "4.17",
		signature: "long bpf_msg_pull_data(struct sk_msg_md *msg, u32 start, u32 end, u64 flags)",
		doc: "Makes the bytes from start to end of the message one linear piece that data and data_end span. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING, ANYTHING],
				types: ["sk_msg"],
			},
		],
	},
	{
		id: 70,
		name: "bpf_sock_hash_update",
		since: "4.18",
		signature:
			"long bpf_sock_hash_update(struct bpf_sock_ops *skops, void *map, void *key, u64 flags)",
		doc: "Puts the connection's socket into a sockhash under a key, from a sockops program. The flags are those of bpf_map_update_elem.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, KEY, ANYTHING],
				types: ["sock_ops"],
				pktAccess: true,
			},
		],
	},
	{
		id: 71,
		name: "bpf_msg_redirect_hash",
		since: "4.18",
		signature: "long bpf_msg_redirect_hash(struct sk_msg_md *msg, void *map, void *key, u64 flags)",
		doc: "Redirects the message to the socket under a key of a sockhash, to its send path or with BPF_F_INGRESS to its receive queue. Gives SK_PASS, or SK_DROP for an error.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, KEY, ANYTHING],
				types: ["sk_msg"],
			},
		],
	},
	{
		id: 72,
		name: "bpf_sk_redirect_hash",
		since: "4.18",
		signature: "long bpf_sk_redirect_hash(struct __sk_buff *skb, void *map, void *key, u64 flags)",
		doc: "Redirects the data to the socket under a key of a sockhash, to its send path or with BPF_F_INGRESS to its receive queue. Gives SK_PASS, or SK_DROP for an error.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, KEY, ANYTHING],
				types: ["sk_skb"],
			},
		],
	},
	{
		id: 82,
		name: "bpf_sk_select_reuseport",
		since: "4.19",
		signature:
			"long bpf_sk_select_reuseport(struct sk_reuseport_md *reuse, void *map, void *key, u64 flags)",
		doc: "Selects a socket of the SO_REUSEPORT group from a map of sockets for the packet. -ENOENT when the slot is empty, other errors when the socket does not fit.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MAP, KEY, ANYTHING],
				types: ["sk_reuseport"],
			},
		],
	},
	{
		id: 90,
		name: "bpf_msg_push_data",
		since: "4.20",
		signature: "long bpf_msg_push_data(struct sk_msg_md *msg, u32 start, u32 len, u64 flags)",
		doc: "Inserts room for bytes into the message at an offset; the program fills them through data. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING, ANYTHING],
				types: ["sk_msg"],
			},
		],
	},
	{
		id: 91,
		name: "bpf_msg_pop_data",
		since: "5.0",
		signature: "long bpf_msg_pop_data(struct sk_msg_md *msg, u32 start, u32 len, u64 flags)",
		doc: "Removes bytes from the message at an offset. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING, ANYTHING],
				types: ["sk_msg"],
			},
		],
	},
];
