#include "common.h"
SEC("xdp") int trim(struct xdp_md *ctx)
{
	int length = ctx->data_end - ctx->data;
	if (length > 60 && bpf_xdp_adjust_tail(ctx, 60 - length))
		return XDP_ABORTED;
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
