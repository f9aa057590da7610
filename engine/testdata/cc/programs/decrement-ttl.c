#include "parse.h"
static __always_inline void less(struct iphdr *ip)
{
	__u32 check = ip->check;
	check += bpf_htons(0x0100);
	ip->check = (__u16)(check + (check >= 0xffff));
	--ip->ttl;
}
SEC("xdp") int forward(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) < 0)
		return XDP_PASS;
	if (ip->ttl <= 1)
		return XDP_DROP;
	less(ip);
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
