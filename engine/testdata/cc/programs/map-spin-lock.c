#include "common.h"
struct guarded { struct bpf_spin_lock lock; __u32 a, b; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, struct guarded); } state SEC(".maps");
SEC("xdp") int locked(struct xdp_md *ctx)
{
	__u32 zero = 0;
	struct guarded *g = bpf_map_lookup_elem(&state, &zero);
	if (!g)
		return XDP_DROP;
	bpf_spin_lock(&g->lock);
	g->a++;
	g->b += g->a;
	__u32 v = g->b;
	bpf_spin_unlock(&g->lock);
	return v ? XDP_PASS : XDP_TX;
}
char _license[] SEC("license") = "GPL";
