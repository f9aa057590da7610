// stack/too-deep
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

static __noinline int fill(struct xdp_md *ctx)
{
	volatile char text[300];

	text[0] = ctx->rx_queue_index;
	text[299] = text[0];
	return text[299];
}

SEC("xdp")
int both(struct xdp_md *ctx)
{
	volatile char text[300];

	text[0] = fill(ctx);
	text[299] = text[0];
	return text[299] ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
