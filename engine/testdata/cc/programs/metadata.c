#include "common.h"
struct meta { __u32 mark, hash; };
SEC("xdp") int annotate(struct xdp_md *ctx)
{
	if (bpf_xdp_adjust_meta(ctx, -(int)sizeof(struct meta)))
		return XDP_ABORTED;
	struct meta *m = (void *)(long)ctx->data_meta;
	if ((void *)(m + 1) > (void *)(long)ctx->data)
		return XDP_ABORTED;
	m->mark = 0xcafe;
	m->hash = ctx->data_end - ctx->data;
	return XDP_PASS;
}
char _license[] SEC("license") = "GPL";
