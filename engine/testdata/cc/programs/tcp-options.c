#include "parse.h"
SEC("xdp") int options(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) != IPPROTO_TCP)
		return XDP_PASS;
	struct tcphdr *tcp = c.at;
	if ((void *)(tcp + 1) > c.end)
		return XDP_DROP;
	__u8 *o = (__u8 *)(tcp + 1);
	int left = tcp->doff * 4 - (int)sizeof(*tcp);
	for (int i = 0; i < 10 && left > 0; i++) {
		if ((void *)(o + 2) > c.end)
			return XDP_PASS;
		if (o[0] == 0)
			break;
		if (o[0] == 2)
			return XDP_TX;
		int size = o[0] == 1 ? 1 : o[1];
		if (size < 1 || size > 40)
			return XDP_DROP;
		o += size;
		left -= size;
	}
	return tcp->syn && !tcp->ack ? XDP_DROP : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
