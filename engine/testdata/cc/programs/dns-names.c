#include "parse.h"
struct dns { __be16 id, flags, questions, answers, authority, more; };
struct name { __u8 text[64]; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 64); __type(key, struct name); __type(value, __u8); } blocked SEC(".maps");
SEC("xdp") int dns(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) != IPPROTO_UDP)
		return XDP_PASS;
	struct udphdr *udp = c.at;
	if ((void *)(udp + 1) > c.end || udp->dest != bpf_htons(53))
		return XDP_PASS;
	struct dns *d = (void *)(udp + 1);
	if ((void *)(d + 1) > c.end || !d->questions)
		return XDP_PASS;
	struct name n = {};
	__u8 *p = (void *)(d + 1);
	for (int i = 0; i < 63; i++, p++) {
		if ((void *)(p + 1) > c.end || *p == 0)
			break;
		n.text[i] = *p >= 'A' && *p <= 'Z' ? *p + 32 : *p;
	}
	__u8 *hit = bpf_map_lookup_elem(&blocked, &n);
	return hit && *hit ? XDP_DROP : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
