// context/invalid-access
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int cut(struct xdp_md *ctx)
{
	ctx->rx_queue_index = 0;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
