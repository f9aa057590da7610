#include "parse.h"
struct prefix { __u32 length; __u8 address[4]; };
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 16); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, struct prefix); __type(value, __u32); } routes SEC(".maps");
SEC("xdp") int route(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) < 0)
		return XDP_PASS;
	struct prefix p = { .length = 32 };
	__builtin_memcpy(p.address, &ip->daddr, 4);
	__u32 *action = bpf_map_lookup_elem(&routes, &p);
	return action ? *action & 3 : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
