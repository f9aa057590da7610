#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tunnel.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/mpls.h>
#include <linux/netfilter.h>
#include <linux/pkt_cls.h>
#include <linux/seg6_local.h>
#include <linux/types.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define AF_INET 2

SEC("tc")
int route(struct __sk_buff *skb)
{
	struct bpf_tunnel_key key = { .tunnel_id = 7, .tunnel_ttl = 64 };
	struct bpf_fib_lookup fib = { .family = AF_INET, .ifindex = skb->ingress_ifindex };
	__u32 label = bpf_htonl(5 << MPLS_LS_LABEL_SHIFT);

	if (skb->pkt_type == PACKET_OTHERHOST)
		return TC_ACT_SHOT;
	bpf_skb_set_tunnel_key(skb, &key, sizeof(key), BPF_F_ZERO_CSUM_TX);
	switch (bpf_fib_lookup(skb, &fib, sizeof(fib), BPF_FIB_LOOKUP_DIRECT)) {
	case BPF_FIB_LKUP_RET_SUCCESS:
		return bpf_redirect_neigh(fib.ifindex, 0, 0, 0);
	case BPF_FIB_LKUP_RET_NO_NEIGH:
		return label;
	}
	return bpf_skb_adjust_room(skb, 20, BPF_ADJ_ROOM_MAC, BPF_F_ADJ_ROOM_ENCAP_L3_IPV4);
}

char _license[] SEC("license") = "GPL";
