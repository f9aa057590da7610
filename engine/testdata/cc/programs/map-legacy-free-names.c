#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 10); __uint(key_size, 4); __uint(value_size, 8); __uint(pinning, LIBBPF_PIN_NONE); } plain SEC(".maps");
SEC("xdp") int sizes(struct xdp_md *ctx)
{
	__u32 k = 1;
	__u64 v = 5, *p;
	bpf_map_update_elem(&plain, &k, &v, BPF_ANY);
	p = bpf_map_lookup_elem(&plain, &k);
	return p && *p == 5 ? XDP_PASS : XDP_DROP;
}
char _license[] SEC("license") = "GPL";
