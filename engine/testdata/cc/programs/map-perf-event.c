#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(key_size, 4); __uint(value_size, 4); } out SEC(".maps");
SEC("xdp") int emit(struct xdp_md *ctx)
{
	struct { __u32 a; __u16 b, c; } m = { 1, 2, ctx->data_end - ctx->data };
	long r = bpf_perf_event_output(ctx, &out, BPF_F_CURRENT_CPU | (__u64)16 << 32, &m, sizeof(m));
	return r < 0 ? XDP_DROP : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
