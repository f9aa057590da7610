// stack/unbounded-offset
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int pick(struct xdp_md *ctx)
{
	volatile __u8 names[16] = {};
	__u32 i = ctx->rx_queue_index;

	names[i] = 1;
	return names[3] ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
