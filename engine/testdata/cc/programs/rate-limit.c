// not repeatable: time goes on
#include "parse.h"
struct bucket { __u64 last, tokens; };
struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 4096); __type(key, __be32); __type(value, struct bucket); } buckets SEC(".maps");
const volatile __u64 rate = 1000, burst = 2000;
SEC("xdp") int limit(struct xdp_md *ctx)
{
	struct cursor c = PARSED(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	if (ethernet(&c, &eth) != bpf_htons(ETH_P_IP) || internet(&c, &ip) < 0)
		return XDP_PASS;
	__be32 key = ip->saddr;
	__u64 now = bpf_ktime_get_ns();
	struct bucket *b = bpf_map_lookup_elem(&buckets, &key);
	if (!b) {
		struct bucket fresh = { now, burst };
		bpf_map_update_elem(&buckets, &key, &fresh, BPF_NOEXIST);
		return XDP_PASS;
	}
	__u64 more = (now - b->last) * rate / 1000000000ull;
	if (more) {
		b->tokens = b->tokens + more > burst ? burst : b->tokens + more;
		b->last = now;
	}
	if (!b->tokens)
		return XDP_DROP;
	b->tokens--;
	return XDP_PASS;
}
char _license[] SEC("license") = "GPL";
