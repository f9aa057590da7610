#include "parse.h"
SEC("xdp") int vlan(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	int proto = ethernet(&c, &eth);
	if (proto < 0)
		return XDP_ABORTED;
	if (proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	switch (internet(&c, &ip)) {
	case IPPROTO_TCP: return XDP_DROP;
	case IPPROTO_UDP: return XDP_TX;
	case -1: return XDP_ABORTED;
	default: return XDP_PASS;
	}
}
char _license[] SEC("license") = "GPL";
