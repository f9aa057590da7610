#include "parse.h"
struct rule { __be32 net, mask; __u16 low, high; __u8 proto, action; };
static const volatile struct rule rules[4] = {
	{ 0x00a8c0, 0x00ffff, 0, 65535, IPPROTO_ICMP, XDP_PASS },
	{ 0, 0, 53, 53, IPPROTO_UDP, XDP_PASS },
	{ 0x00a8c0, 0x00ffff, 80, 443, IPPROTO_TCP, XDP_TX },
};
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 5); __type(key, __u32); __type(value, __u64); } hits SEC(".maps");
static __always_inline int decide(const struct iphdr *ip, __u16 port)
{
	for (__u32 i = 0; i < 4; i++) {
		const volatile struct rule *r = &rules[i];
		if ((ip->saddr & r->mask) != r->net || r->proto != ip->protocol)
			continue;
		if (port < r->low || port > r->high)
			continue;
		__u64 *n = bpf_map_lookup_elem(&hits, &i);
		if (n)
			++*n;
		return r->action;
	}
	return XDP_DROP;
}
SEC("xdp") int firewall(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	int proto = internet(&c, &ip);
	if (proto < 0)
		return XDP_ABORTED;
	__u16 port = 0;
	if (proto == IPPROTO_TCP || proto == IPPROTO_UDP) {
		__be16 *ports = c.at;
		if ((void *)(ports + 2) > c.end)
			return XDP_DROP;
		port = bpf_ntohs(ports[1]);
	}
	return decide(ip, port);
}
char _license[] SEC("license") = "GPL";
