#include "parse.h"
SEC("xdp") int encap(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth, saved;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) < 0)
		return XDP_PASS;
	__u16 length = bpf_ntohs(ip->tot_len);
	saved = *eth;
	if (bpf_xdp_adjust_head(ctx, -(int)sizeof(struct iphdr)))
		return XDP_DROP;
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct iphdr *outer = data + sizeof(saved);
	if ((void *)(outer + 1) > end)
		return XDP_DROP;
	*(struct ethhdr *)data = saved;
	*outer = (struct iphdr){
		.version = 4,
		.ihl = 5,
		.ttl = 64,
		.protocol = IPPROTO_IPIP,
		.tot_len = bpf_htons(length + sizeof(*outer)),
		.saddr = bpf_htonl(0x0a000001),
		.daddr = bpf_htonl(0x0a000002),
	};
	__u32 sum = 0;
	for (int i = 0; i < 10; i++)
		sum += ((__u16 *)outer)[i];
	sum = (sum & 0xffff) + (sum >> 16);
	outer->check = ~(sum + (sum >> 16));
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
