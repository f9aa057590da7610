// pointer/offset
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u8 table[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };

SEC("xdp")
int choose(struct xdp_md *ctx)
{
	int i = (int)ctx->rx_queue_index;

	if (i > 7)
		return XDP_PASS;
	return table[i] & 1 ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
