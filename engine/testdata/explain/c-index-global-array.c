// map/invalid-value-access
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u32 table[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };

SEC("xdp")
int choose(struct xdp_md *ctx)
{
	return table[ctx->rx_queue_index & 15] & 1 ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
