#include "common.h"
struct tag { __u8 magic[4]; __be32 length; };
SEC("xdp") int push(struct xdp_md *ctx)
{
	__u32 length = ctx->data_end - ctx->data;
	if (bpf_xdp_adjust_head(ctx, -(int)sizeof(struct tag)))
		return XDP_ABORTED;
	struct tag *t = (void *)(long)ctx->data;
	if ((void *)(t + 1) > (void *)(long)ctx->data_end)
		return XDP_ABORTED;
	*t = (struct tag){ .magic = "skep", .length = bpf_htonl(length) };
	return XDP_TX;
}
SEC("xdp") int pop(struct xdp_md *ctx)
{
	return bpf_xdp_adjust_head(ctx, 14) ? XDP_ABORTED : XDP_PASS;
}
char _license[] SEC("license") = "GPL";
