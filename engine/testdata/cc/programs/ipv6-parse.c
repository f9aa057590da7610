#include "parse.h"
SEC("xdp") int six(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	struct ipv6hdr *ip = c.at;
	if ((void *)(ip + 1) > c.end)
		return XDP_DROP;
	__u32 sum = 0;
	for (int i = 0; i < 4; i++)
		sum += ip->saddr.in6_u.u6_addr32[i] ^ ip->daddr.in6_u.u6_addr32[i];
	if (ip->nexthdr == IPPROTO_TCP)
		return sum & 1 ? XDP_TX : XDP_DROP;
	return ip->hop_limit > 1 && ip->version == 6 ? XDP_PASS : XDP_ABORTED;
}
char _license[] SEC("license") = "GPL";
