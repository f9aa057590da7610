#include "parse.h"
SEC("xdp") int router(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) < 0)
		return XDP_PASS;
	struct bpf_fib_lookup f = {};
	f.family = 2;
	f.tos = ip->tos;
	f.l4_protocol = ip->protocol;
	f.tot_len = bpf_ntohs(ip->tot_len);
	f.ipv4_src = ip->saddr;
	f.ipv4_dst = ip->daddr;
	f.ifindex = ctx->ingress_ifindex;
	long r = bpf_fib_lookup(ctx, &f, sizeof(f), 0);
	if (r != BPF_FIB_LKUP_RET_SUCCESS)
		return r == BPF_FIB_LKUP_RET_BLACKHOLE ? XDP_DROP : XDP_PASS;
	__builtin_memcpy(eth->h_dest, f.dmac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, f.smac, ETH_ALEN);
	return bpf_redirect(f.ifindex, 0);
}
char _license[] SEC("license") = "GPL";
