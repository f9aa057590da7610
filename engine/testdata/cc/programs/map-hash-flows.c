#include "parse.h"
struct flow { __be32 saddr, daddr; __be16 sport, dport; __u8 proto, pad[3]; };
struct seen { __u64 packets; __u32 flags; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 256); __type(key, struct flow); __type(value, struct seen); } flows SEC(".maps");
SEC("xdp") int track(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	int proto = internet(&c, &ip);
	if (proto < 0)
		return XDP_DROP;
	struct flow f = { .saddr = ip->saddr, .daddr = ip->daddr, .proto = proto };
	struct udphdr *u = c.at;
	if ((void *)(u + 1) > c.end)
		return XDP_DROP;
	f.sport = u->source;
	f.dport = u->dest;
	struct seen *s = bpf_map_lookup_elem(&flows, &f), fresh = { 1 };
	if (s)
		s->packets++;
	else if (bpf_map_update_elem(&flows, &f, &fresh, BPF_NOEXIST))
		return XDP_ABORTED;
	return proto == IPPROTO_TCP ? XDP_DROP : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
