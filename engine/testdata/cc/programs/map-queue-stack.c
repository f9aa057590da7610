#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 8); __type(value, __u32); } queue SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK); __uint(max_entries, 8); __type(value, __u32); } stack SEC(".maps");
SEC("xdp") int both(struct xdp_md *ctx)
{
	__u32 v = ctx->data_end - ctx->data, w = 0;
	bpf_map_push_elem(&queue, &v, BPF_EXIST);
	bpf_map_push_elem(&stack, &v, BPF_EXIST);
	if (bpf_map_pop_elem(&queue, &w))
		return XDP_DROP;
	bpf_map_peek_elem(&stack, &v);
	return v == w ? XDP_PASS : XDP_TX;
}
char _license[] SEC("license") = "GPL";
