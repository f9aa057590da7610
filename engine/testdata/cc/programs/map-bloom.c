#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __uint(max_entries, 100); __type(value, __u32); __uint(map_extra, 3); } known SEC(".maps");
SEC("xdp") int filter(struct xdp_md *ctx)
{
	__u32 v = 42;
	bpf_map_push_elem(&known, &v, BPF_ANY);
	return bpf_map_peek_elem(&known, &v) ? XDP_DROP : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
