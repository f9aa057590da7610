#include "parse.h"
struct backend { __be32 address; __u8 mac[6]; __u16 weight; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 16); __type(key, __u32); __type(value, struct backend); } backends SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 1024); __type(key, __u64); __type(value, __u32); } affinity SEC(".maps");
const volatile __u32 count = 4;
static __always_inline __u32 hash(__u64 k)
{
	k ^= k >> 33;
	k *= 0xff51afd7ed558ccdull;
	k ^= k >> 33;
	return k;
}
static __always_inline __u16 sum(struct iphdr *ip)
{
	__u32 s = 0;
	__u16 *p = (void *)ip;
	ip->check = 0;
#pragma unroll
	for (int i = 0; i < 10; i++)
		s += p[i];
	s = (s & 0xffff) + (s >> 16);
	return ~(s + (s >> 16));
}
SEC("xdp") int balance(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) != IPPROTO_TCP)
		return XDP_PASS;
	struct tcphdr *tcp = c.at;
	if ((void *)(tcp + 1) > c.end)
		return XDP_DROP;
	__u64 key = (__u64)ip->saddr << 32 | (__u32)tcp->source << 16 | tcp->dest;
	__u32 *known = bpf_map_lookup_elem(&affinity, &key), at;
	if (known) {
		at = *known;
	} else {
		at = hash(key) % (count ?: 1);
		bpf_map_update_elem(&affinity, &key, &at, BPF_ANY);
	}
	struct backend *b = bpf_map_lookup_elem(&backends, &at);
	if (!b || !b->weight)
		return XDP_PASS;
	ip->daddr = b->address;
	ip->check = sum(ip);
	__builtin_memcpy(eth->h_dest, b->mac, 6);
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
