#include "parse.h"
SEC("xdp") int rewrite(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) != IPPROTO_UDP)
		return XDP_PASS;
	struct udphdr *udp = c.at;
	if ((void *)(udp + 1) > c.end)
		return XDP_DROP;
	if (udp->dest == bpf_htons(53)) {
		udp->dest = bpf_htons(5353);
		udp->check = 0;
		ip->tos |= 4;
		ip->frag_off &= bpf_htons(0x1fff);
	}
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
