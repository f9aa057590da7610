// Helpers for TCP: options, syncookies, callbacks: prototypes, program types and a description of each. A pure table; knows no code.

import { TC } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	BTF_SOCK,
	btf,
	CTX,
	fixedIn,
	INTEGER,
	MEM_IN,
	MEM_INOUT,
	RET_TCP_SOCK_OR_NULL,
	SIZE,
	SIZE_OR_ZERO,
	SOCK_COMMON,
} from "../proto.ts";

export const tcpHelpers: readonly Helper[] = [
	{
		id: 59,
		name: "bpf_sock_ops_cb_flags_set",
		since: "4.16",
		signature: "long bpf_sock_ops_cb_flags_set(struct bpf_sock_ops *bpf_sock, int argval)",
		doc: "Chooses which further callbacks a TCP connection makes (BPF_SOCK_OPS_..._CB_FLAG): retransmission, state changes, round trip times, header options. Gives the flags that are not supported.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING],
				types: ["sock_ops"],
			},
		],
	},
	{
		id: 96,
		name: "bpf_tcp_sock",
		since: "5.1",
		signature: "struct bpf_tcp_sock *bpf_tcp_sock(struct bpf_sock *sk)",
		doc: "Turns a socket pointer into one to struct bpf_tcp_sock with the connection's figures; 0 when it is not a TCP connection.",
		protos: [
			{
				ret: RET_TCP_SOCK_OR_NULL,
				args: [SOCK_COMMON],
				types: [...TC, "cgroup_skb", "sock_ops", "cgroup_sockopt"],
			},
		],
	},
	{
		id: 100,
		name: "bpf_tcp_check_syncookie",
		since: "5.2",
		signature:
			"long bpf_tcp_check_syncookie(void *sk, void *iph, u32 iph_len, struct tcphdr *th, u32 th_len)",
		doc: "Checks whether an ACK carries a valid SYN cookie for a listening socket, given its IP and TCP headers: 0 yes, a negative error otherwise.",
		protos: [
			{
				ret: INTEGER,
				args: [BTF_SOCK, MEM_IN, SIZE, MEM_IN, SIZE],
				types: [...TC, "xdp"],
				gplOnly: true,
				pktAccess: true,
			},
		],
	},
	{
		id: 110,
		name: "bpf_tcp_gen_syncookie",
		since: "5.4",
		signature:
			"s64 bpf_tcp_gen_syncookie(void *sk, void *iph, u32 iph_len, struct tcphdr *th, u32 th_len)",
		doc: "Makes a SYN cookie for a listening socket from the IP and TCP headers of a SYN: the low 32 bits are the cookie, the next 16 the MSS.",
		protos: [
			{
				ret: INTEGER,
				args: [BTF_SOCK, MEM_IN, SIZE, MEM_IN, SIZE],
				types: [...TC, "xdp"],
				gplOnly: true,
				pktAccess: true,
			},
		],
	},
	{
		id: 116,
		name: "bpf_tcp_send_ack",
		since: "5.6",
		signature: "long bpf_tcp_send_ack(void *tp, u32 rcv_nxt)",
		doc: "Sends a TCP acknowledgment with the given next sequence number; for congestion control written in BPF.",
		protos: [
			{
				ret: INTEGER,
				args: [btf("tcp_sock"), ANYTHING],
				types: ["struct_ops"],
			},
		],
	},
	{
		id: 142,
		name: "bpf_load_hdr_opt",
		since: "5.10",
		signature:
			"long bpf_load_hdr_opt(struct bpf_sock_ops *skops, void *searchby_res, u32 len, u64 flags)",
		doc: "Searches the TCP header for an option by its kind (and for experimental ones by its magic), copies it and gives its length. BPF_LOAD_HDR_OPT_TCP_SYN searches the saved SYN.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_INOUT, SIZE, ANYTHING],
				types: ["sock_ops"],
			},
		],
	},
	{
		id: 143,
		name: "bpf_store_hdr_opt",
		since: "5.10",
		signature:
			"long bpf_store_hdr_opt(struct bpf_sock_ops *skops, const void *from, u32 len, u64 flags)",
		doc: "Writes a TCP option, kind and length first, to the room reserved in the header that is being made. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_IN, SIZE, ANYTHING],
				types: ["sock_ops"],
			},
		],
	},
	{
		id: 144,
		name: "bpf_reserve_hdr_opt",
		since: "5.10",
		signature: "long bpf_reserve_hdr_opt(struct bpf_sock_ops *skops, u32 len, u64 flags)",
		doc: "Reserves bytes for TCP options in the header to come; called while the header length is computed.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: ["sock_ops"],
			},
		],
	},
	{
		id: 204,
		name: "bpf_tcp_raw_gen_syncookie_ipv4",
		since: "6.0",
		signature:
			"s64 bpf_tcp_raw_gen_syncookie_ipv4(struct iphdr *iph, struct tcphdr *th, u32 th_len)",
		doc: "Makes a SYN cookie from the IPv4 and TCP headers of a SYN without a socket: the low 32 bits are the cookie, the next 16 the MSS.",
		protos: [
			{
				ret: INTEGER,
				args: [fixedIn(20), MEM_IN, SIZE_OR_ZERO],
				types: [...TC, "xdp"],
				gplOnly: true,
				pktAccess: true,
			},
		],
	},
	{
		id: 205,
		name: "bpf_tcp_raw_gen_syncookie_ipv6",
		since: "6.0",
		signature:
			"s64 bpf_tcp_raw_gen_syncookie_ipv6(struct ipv6hdr *iph, struct tcphdr *th, u32 th_len)",
		doc: "Makes a SYN cookie from the IPv6 and TCP headers of a SYN without a socket: the low 32 bits are the cookie, the next 16 the MSS.",
		protos: [
			{
				ret: INTEGER,
				args: [fixedIn(40), MEM_IN, SIZE_OR_ZERO],
				types: [...TC, "xdp"],
				gplOnly: true,
				pktAccess: true,
			},
		],
	},
	{
		id: 206,
		name: "bpf_tcp_raw_check_syncookie_ipv4",
		since: "6.0",
		signature: "long bpf_tcp_raw_check_syncookie_ipv4(struct iphdr *iph, struct tcphdr *th)",
		doc: "Checks whether an ACK carries a valid SYN cookie, from its IPv4 and TCP headers, without a socket: 0 yes, -EACCES no.",
		protos: [
			{
				ret: INTEGER,
				args: [fixedIn(20), fixedIn(20)],
				types: [...TC, "xdp"],
				gplOnly: true,
				pktAccess: true,
			},
		],
	},
	{
		id: 207,
		name: "bpf_tcp_raw_check_syncookie_ipv6",
		since: "6.0",
		signature: "long bpf_tcp_raw_check_syncookie_ipv6(struct ipv6hdr *iph, struct tcphdr *th)",
		doc: "Checks whether an ACK carries a valid SYN cookie, from its IPv6 and TCP headers, without a socket: 0 yes, -EACCES no.",
		protos: [
			{
				ret: INTEGER,
				args: [fixedIn(40), fixedIn(20)],
				types: [...TC, "xdp"],
				gplOnly: true,
				pktAccess: true,
			},
		],
	},
];
