#include "parse.h"
SEC("xdp") int reflect(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) < 0)
		return XDP_PASS;
	__u8 mac[ETH_ALEN];
	__builtin_memcpy(mac, eth->h_source, ETH_ALEN);
	__builtin_memcpy(eth->h_source, eth->h_dest, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, mac, ETH_ALEN);
	__be32 t = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = t;
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
