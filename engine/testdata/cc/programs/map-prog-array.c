#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 4); __uint(key_size, 4); __uint(value_size, 4); } jumps SEC(".maps");
SEC("xdp") int entry(struct xdp_md *ctx)
{
	__u32 at = (ctx->data_end - ctx->data) & 3;
	bpf_tail_call(ctx, &jumps, 2);
	bpf_tail_call(ctx, &jumps, at);
	return XDP_PASS;
}
char _license[] SEC("license") = "GPL";
