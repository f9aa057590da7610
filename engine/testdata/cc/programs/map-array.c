#include "parse.h"
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 8); __type(key, __u32); __type(value, __u64); } counts SEC(".maps");
SEC("xdp") int count(struct xdp_md *ctx)
{
	__u32 key = (ctx->data_end - ctx->data) & 7;
	__u64 *n = bpf_map_lookup_elem(&counts, &key);
	if (!n)
		return XDP_ABORTED;
	__sync_fetch_and_add(n, 1);
	return *n > 100 ? XDP_DROP : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
