// map/write-forbidden
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 limit = 8;

SEC("xdp")
int change(struct xdp_md *ctx)
{
	*(volatile __u32 *)&limit = ctx->rx_queue_index;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
