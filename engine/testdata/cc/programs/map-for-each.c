#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 5); __type(key, __u32); __type(value, __u64); } numbers SEC(".maps");
struct sum { __u64 total; };
static long add(struct bpf_map *map, __u32 *key, __u64 *value, struct sum *s)
{
	s->total += *value + *key;
	return *key == 3;
}
SEC("xdp") int walk(struct xdp_md *ctx)
{
	struct sum s = {};
	bpf_for_each_map_elem(&numbers, add, &s, 0);
	return s.total == 6 ? XDP_PASS : XDP_DROP;
}
char _license[] SEC("license") = "GPL";
