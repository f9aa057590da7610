// not repeatable: the loader fills maps, time goes on
#include "common.h"
struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } a SEC(".maps"), b SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 2); __type(key, __u32); __array(values, struct inner); } outer SEC(".maps") = { .values = { [0] = &a, [1] = &b } };
SEC("xdp") int nested(struct xdp_md *ctx)
{
	__u32 which = (ctx->data_end - ctx->data) & 1, key = 2;
	void *map = bpf_map_lookup_elem(&outer, &which);
	if (!map)
		return XDP_DROP;
	__u64 *v = bpf_map_lookup_elem(map, &key);
	if (!v)
		return XDP_ABORTED;
	*v += 3;
	return XDP_PASS;
}
char _license[] SEC("license") = "GPL";
