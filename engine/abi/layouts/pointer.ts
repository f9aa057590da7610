// Structs behind the socket pointers that helpers and contexts give: what a program may load from them. None may be
// stored to.

import type { ContextField, ContextLayout } from "../context.ts";
import { field, words } from "./field.ts";

/** Fields of struct bpf_sock that every socket has. */
const common: readonly ContextField[] = [
	field("bound_dev_if", 0, 4, "exact"),
	field("family", 4, 4, "start"),
	field("src_ip4", 24, 4, "narrow"),
	words("src_ip6", 28, 4, "narrow"),
	field("src_port", 44, 4, "start"),
	field("dst_port", 48, 2, "narrow"),
	// A load of the port with the padding after it is let through.
	field("dst_port", 48, 4, "exact"),
	field("dst_ip4", 52, 4, "narrow"),
	words("dst_ip6", 56, 4, "narrow"),
	field("state", 72, 4, "start"),
	field("rx_queue_mapping", 76, 4, "start"),
];

const sockCommon: ContextLayout = { struct: "bpf_sock", byBtf: false, fields: common };

const sock: ContextLayout = {
	struct: "bpf_sock",
	byBtf: false,
	fields: [
		...common,
		field("type", 8, 4, "start"),
		field("protocol", 12, 4, "start"),
		field("mark", 16, 4, "exact"),
		field("priority", 20, 4, "exact"),
	],
};

const tcpSock: ContextLayout = {
	struct: "bpf_tcp_sock",
	byBtf: false,
	fields: [
		"snd_cwnd",
		"srtt_us",
		"rtt_min",
		"snd_ssthresh",
		"rcv_nxt",
		"snd_nxt",
		"snd_una",
		"mss_cache",
		"ecn_flags",
		"rate_delivered",
		"rate_interval_us",
		"packets_out",
		"retrans_out",
		"total_retrans",
		"segs_in",
		"data_segs_in",
		"segs_out",
		"data_segs_out",
		"lost_out",
		"sacked_out",
	]
		.map((name, i) => field(name, 4 * i, 4, "exact"))
		.concat([
			field("bytes_received", 80, 8, "exact"),
			field("bytes_acked", 88, 8, "exact"),
			field("dsack_dups", 96, 4, "exact"),
			field("delivered", 100, 4, "exact"),
			field("delivered_ce", 104, 4, "exact"),
			field("icsk_retransmits", 108, 4, "exact"),
		]),
};

const xdpSock: ContextLayout = {
	struct: "bpf_xdp_sock",
	byBtf: false,
	fields: [field("queue_id", 0, 4, "exact")],
};

/** By register type. */
export const socketLayouts = {
	PTR_TO_SOCK_COMMON: sockCommon,
	PTR_TO_SOCKET: sock,
	PTR_TO_TCP_SOCK: tcpSock,
	PTR_TO_XDP_SOCK: xdpSock,
} as const;
