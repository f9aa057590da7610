// loop/infinite
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int wait(struct xdp_md *ctx)
{
	while (ctx->rx_queue_index == 5)
		;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
