#include "parse.h"
struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 64); __type(key, __be32); __type(value, __u64); } recent SEC(".maps");
SEC("xdp") int lru(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) < 0)
		return XDP_PASS;
	__be32 key = ip->saddr;
	__u64 one = 1, *n = bpf_map_lookup_elem(&recent, &key);
	if (n && ++*n > 1000)
		bpf_map_delete_elem(&recent, &key);
	else if (!n)
		bpf_map_update_elem(&recent, &key, &one, BPF_ANY);
	return XDP_PASS;
}
char _license[] SEC("license") = "GPL";
