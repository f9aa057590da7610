// Helpers for routes, tunnels and redirection of packets: prototypes, program types and a description of each. A pure table; knows no code.

import { LWT, TC } from "../names.ts";
import type { Helper } from "../proto.ts";
import {
	ANYTHING,
	CTX,
	INTEGER,
	MEM_IN,
	MEM_IN_OR_NULL,
	MEM_INOUT,
	MEM_OUT,
	numberInOut,
	SIZE,
	SIZE_OR_ZERO,
} from "../proto.ts";

export const routeHelpers: readonly Helper[] = [
	{
		id: 13,
		name: "bpf_clone_redirect",
		since: "4.2",
		signature: "long bpf_clone_redirect(struct __sk_buff *skb, u32 ifindex, u64 flags)",
		doc: "Sends a copy of the packet to a network interface, to its egress or, with BPF_F_INGRESS, to its receive path, and lets the program go on with the original. Packet pointers must be fetched again.",
		changesPacket: true,
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 20,
		name: "bpf_skb_get_tunnel_key",
		since: "4.3",
		signature:
			"long bpf_skb_get_tunnel_key(struct __sk_buff *skb, struct bpf_tunnel_key *key, u32 size, u64 flags)",
		doc: "Fills struct bpf_tunnel_key with the tunnel's addresses, id, TTL and flags under which a packet arrived on a collect-metadata tunnel device. BPF_F_TUNINFO_IPV6 asks for IPv6.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_OUT, SIZE, ANYTHING],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 21,
		name: "bpf_skb_set_tunnel_key",
		since: "4.3",
		signature:
			"long bpf_skb_set_tunnel_key(struct __sk_buff *skb, struct bpf_tunnel_key *key, u32 size, u64 flags)",
		doc: "Sets addresses, id, TTL and flags under which a collect-metadata tunnel device will encapsulate the packet. Flags choose IPv6, an absent checksum, the don't-fragment bit or sequence numbers.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_IN, SIZE, ANYTHING],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 23,
		name: "bpf_redirect",
		since: "4.4",
		signature: "long bpf_redirect(u32 ifindex, u64 flags)",
		doc: "Marks the packet for another network interface and gives the verdict to return: TC_ACT_REDIRECT, or XDP_REDIRECT in XDP. In tc BPF_F_INGRESS chooses the receive path of the target.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING, ANYTHING],
				types: [...TC, "xdp", "lwt_xmit"],
			},
		],
	},
	{
		id: 24,
		name: "bpf_get_route_realm",
		since: "4.4",
		signature: "u32 bpf_get_route_realm(struct __sk_buff *skb)",
		doc: "Realm (tclassid) of the route that the packet takes, 0 when it has none.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: [...LWT, ...TC],
			},
		],
	},
	{
		id: 29,
		name: "bpf_skb_get_tunnel_opt",
		since: "4.6",
		signature: "long bpf_skb_get_tunnel_opt(struct __sk_buff *skb, void *opt, u32 size)",
		doc: "Copies the tunnel's option metadata, such as Geneve options, of a received packet to a buffer and gives its length.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_OUT, SIZE],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 30,
		name: "bpf_skb_set_tunnel_opt",
		since: "4.6",
		signature: "long bpf_skb_set_tunnel_opt(struct __sk_buff *skb, void *opt, u32 size)",
		doc: "Sets the tunnel's option metadata, such as Geneve options, that will go out with the packet.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_IN, SIZE],
				types: [...TC, "lwt_xmit"],
			},
		],
	},
	{
		id: 66,
		name: "bpf_skb_get_xfrm_state",
		since: "4.18",
		signature:
			"long bpf_skb_get_xfrm_state(struct __sk_buff *skb, u32 index, struct bpf_xfrm_state *xfrm_state, u32 size, u64 flags)",
		doc: "Copies the state of an IPsec transformation that the packet went through, by its position, to struct bpf_xfrm_state.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, MEM_OUT, SIZE, ANYTHING],
				types: TC,
			},
		],
	},
	{
		id: 69,
		name: "bpf_fib_lookup",
		since: "4.18",
		signature: "long bpf_fib_lookup(void *ctx, struct bpf_fib_lookup *params, int plen, u32 flags)",
		doc: "Looks a route up in the kernel's tables and fills struct bpf_fib_lookup with the outgoing interface, next hop and MAC addresses. Gives 0 when the packet can be forwarded, a BPF_FIB_LKUP_RET_ code that says why not, or a negative error.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, MEM_INOUT, SIZE, ANYTHING],
				types: [...TC, "xdp"],
				gplOnly: true,
			},
		],
	},
	{
		id: 152,
		name: "bpf_redirect_neigh",
		since: "5.10",
		signature:
			"long bpf_redirect_neigh(u32 ifindex, struct bpf_redir_neigh *params, int plen, u64 flags)",
		doc: "Redirects the packet to the egress of an interface and lets the kernel fill in the link layer addresses of the next hop, from the packet's route or the given struct bpf_redir_neigh. Gives TC_ACT_REDIRECT or TC_ACT_SHOT.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING, MEM_IN_OR_NULL, SIZE_OR_ZERO, ANYTHING],
				types: TC,
			},
		],
	},
	{
		id: 155,
		name: "bpf_redirect_peer",
		since: "5.10",
		signature: "long bpf_redirect_peer(u32 ifindex, u64 flags)",
		doc: "Redirects the packet to the peer of a device pair in another network namespace, straight to its ingress without the backlog queue. Gives TC_ACT_REDIRECT or TC_ACT_SHOT.",
		protos: [
			{
				ret: INTEGER,
				args: [ANYTHING, ANYTHING],
				types: TC,
			},
		],
	},
	{
		id: 163,
		name: "bpf_check_mtu",
		since: "5.12",
		signature: "long bpf_check_mtu(void *ctx, u32 ifindex, u32 *mtu_len, s32 len_diff, u64 flags)",
		doc: "Tells whether the packet, changed in length by a difference, fits the MTU of an interface (0: its own): 0 it fits, BPF_MTU_CHK_RET_FRAG_NEEDED or BPF_MTU_CHK_RET_SEGS_TOOBIG. The MTU is stored through the pointer, which may hold a length to test on entry.",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, numberInOut(4), ANYTHING, ANYTHING],
				types: [...TC, "xdp"],
				gplOnly: true,
			},
		],
	},
];
