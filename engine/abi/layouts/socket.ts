// Contexts of programs at sockets: struct bpf_sock, bpf_sock_addr, bpf_sock_ops, sk_msg_md, sk_reuseport_md, bpf_sk_lookup.

import { attachType } from "../attach.ts";
import type { ContextLayout } from "../context.ts";
import { field, words } from "./field.ts";

const create = [attachType.BPF_CGROUP_INET_SOCK_CREATE, attachType.BPF_CGROUP_INET_SOCK_RELEASE];
const bound4 = [attachType.BPF_CGROUP_INET4_POST_BIND];
const bound6 = [attachType.BPF_CGROUP_INET6_POST_BIND];

export const cgroupSockLayout: ContextLayout = {
	struct: "bpf_sock",
	byBtf: false,
	fields: [
		field("bound_dev_if", 0, 4, "exact", { write: "exact", attach: create }),
		field("family", 4, 4, "start"),
		field("type", 8, 4, "start"),
		field("protocol", 12, 4, "start"),
		field("mark", 16, 4, "exact", { write: "exact", attach: create }),
		field("priority", 20, 4, "exact", { write: "exact", attach: create }),
		field("src_ip4", 24, 4, "narrow", { attach: bound4 }),
		words("src_ip6", 28, 4, "narrow", { attach: bound6 }),
		field("src_port", 44, 4, "start", { attach: [...bound4, ...bound6] }),
		field("dst_port", 48, 2, "narrow"),
		// A load of the port with the padding after it is let through.
		field("dst_port", 48, 4, "exact"),
		field("dst_ip4", 52, 4, "narrow"),
		words("dst_ip6", 56, 4, "narrow"),
		field("state", 72, 4, "start"),
		field("rx_queue_mapping", 76, 4, "start"),
	],
};

const user4 = [
	attachType.BPF_CGROUP_INET4_BIND,
	attachType.BPF_CGROUP_INET4_CONNECT,
	attachType.BPF_CGROUP_UDP4_SENDMSG,
	attachType.BPF_CGROUP_UDP4_RECVMSG,
	attachType.BPF_CGROUP_INET4_GETPEERNAME,
	attachType.BPF_CGROUP_INET4_GETSOCKNAME,
];
const user6 = [
	attachType.BPF_CGROUP_INET6_BIND,
	attachType.BPF_CGROUP_INET6_CONNECT,
	attachType.BPF_CGROUP_UDP6_SENDMSG,
	attachType.BPF_CGROUP_UDP6_RECVMSG,
	attachType.BPF_CGROUP_INET6_GETPEERNAME,
	attachType.BPF_CGROUP_INET6_GETSOCKNAME,
];

export const sockAddrLayout: ContextLayout = {
	struct: "bpf_sock_addr",
	byBtf: false,
	fields: [
		field("user_family", 0, 4, "exact"),
		field("user_ip4", 4, 4, "narrow", { write: "exact", attach: user4 }),
		words("user_ip6", 8, 4, "wide", { write: "pair", attach: user6 }),
		field("user_port", 24, 4, "narrow", { write: "exact" }),
		field("family", 28, 4, "exact"),
		field("type", 32, 4, "exact"),
		field("protocol", 36, 4, "exact"),
		field("msg_src_ip4", 40, 4, "narrow", {
			write: "exact",
			attach: [attachType.BPF_CGROUP_UDP4_SENDMSG],
		}),
		words("msg_src_ip6", 44, 4, "wide", {
			write: "pair",
			attach: [attachType.BPF_CGROUP_UDP6_SENDMSG],
		}),
		field("sk", 64, 8, "exact", { kind: "PTR_TO_SOCKET" }),
	],
};

export const sockOpsLayout: ContextLayout = {
	struct: "bpf_sock_ops",
	byBtf: false,
	fields: [
		field("op", 0, 4, "exact"),
		field("reply", 4, 4, "exact", { write: "exact" }),
		words("args", 4, 4, "exact"),
		field("family", 20, 4, "exact"),
		field("remote_ip4", 24, 4, "exact"),
		field("local_ip4", 28, 4, "exact"),
		words("remote_ip6", 32, 4, "exact"),
		words("local_ip6", 48, 4, "exact"),
		field("remote_port", 64, 4, "exact"),
		field("local_port", 68, 4, "exact"),
		field("is_fullsock", 72, 4, "exact"),
		field("snd_cwnd", 76, 4, "exact"),
		field("srtt_us", 80, 4, "exact"),
		field("bpf_sock_ops_cb_flags", 84, 4, "exact"),
		field("state", 88, 4, "exact"),
		field("rtt_min", 92, 4, "exact"),
		field("snd_ssthresh", 96, 4, "exact"),
		field("rcv_nxt", 100, 4, "exact"),
		field("snd_nxt", 104, 4, "exact"),
		field("snd_una", 108, 4, "exact"),
		field("mss_cache", 112, 4, "exact"),
		field("ecn_flags", 116, 4, "exact"),
		field("rate_delivered", 120, 4, "exact"),
		field("rate_interval_us", 124, 4, "exact"),
		field("packets_out", 128, 4, "exact"),
		field("retrans_out", 132, 4, "exact"),
		field("total_retrans", 136, 4, "exact"),
		field("segs_in", 140, 4, "exact"),
		field("data_segs_in", 144, 4, "exact"),
		field("segs_out", 148, 4, "exact"),
		field("data_segs_out", 152, 4, "exact"),
		field("lost_out", 156, 4, "exact"),
		field("sacked_out", 160, 4, "exact"),
		field("sk_txhash", 164, 4, "exact", { write: "exact" }),
		field("bytes_received", 168, 8, "exact"),
		field("bytes_acked", 176, 8, "exact"),
		field("sk", 184, 8, "exact", { kind: "PTR_TO_SOCKET_OR_NULL" }),
		field("skb_data", 192, 8, "exact", { kind: "PTR_TO_PACKET" }),
		field("skb_data_end", 200, 8, "exact", { kind: "PTR_TO_PACKET_END" }),
		field("skb_len", 208, 4, "exact"),
		field("skb_tcp_flags", 212, 4, "start"),
		field("skb_hwtstamp", 216, 8, "exact"),
	],
};

export const skMsgLayout: ContextLayout = {
	struct: "sk_msg_md",
	byBtf: false,
	fields: [
		field("data", 0, 8, "exact", { kind: "PTR_TO_PACKET" }),
		field("data_end", 8, 8, "exact", { kind: "PTR_TO_PACKET_END" }),
		field("family", 16, 4, "exact"),
		field("remote_ip4", 20, 4, "exact"),
		field("local_ip4", 24, 4, "exact"),
		words("remote_ip6", 28, 4, "exact"),
		words("local_ip6", 44, 4, "exact"),
		field("remote_port", 60, 4, "exact"),
		field("local_port", 64, 4, "exact"),
		field("size", 68, 4, "exact"),
		field("sk", 72, 8, "exact", { kind: "PTR_TO_SOCKET" }),
	],
};

export const skReuseportLayout: ContextLayout = {
	struct: "sk_reuseport_md",
	byBtf: false,
	fields: [
		field("data", 0, 8, "exact", { kind: "PTR_TO_PACKET" }),
		field("data_end", 8, 8, "exact", { kind: "PTR_TO_PACKET_END" }),
		field("len", 16, 4, "narrow"),
		field("eth_protocol", 20, 4, "narrow", { least: 2 }),
		field("ip_protocol", 24, 4, "narrow"),
		field("bind_inany", 28, 4, "narrow"),
		field("hash", 32, 4, "exact"),
		field("sk", 40, 8, "exact", { kind: "PTR_TO_SOCKET" }),
		field("migrating_sk", 48, 8, "exact", { kind: "PTR_TO_SOCK_COMMON_OR_NULL" }),
	],
};

export const skLookupLayout: ContextLayout = {
	struct: "bpf_sk_lookup",
	byBtf: false,
	fields: [
		field("sk", 0, 8, "exact", { kind: "PTR_TO_SOCKET_OR_NULL" }),
		field("family", 8, 4, "narrow"),
		field("protocol", 12, 4, "narrow"),
		field("remote_ip4", 16, 4, "narrow"),
		words("remote_ip6", 20, 4, "narrow"),
		// A 16-bit port with two bytes of padding, which may be loaded with it.
		field("remote_port", 36, 4, "narrow"),
		field("local_ip4", 40, 4, "narrow"),
		words("local_ip6", 44, 4, "narrow"),
		field("local_port", 60, 4, "narrow"),
		field("ingress_ifindex", 64, 4, "narrow"),
	],
};
