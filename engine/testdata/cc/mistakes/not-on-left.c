#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int proto = ctx->rx_queue_index;
	if (!proto == 6)
		return XDP_PASS;
	if (!proto & 1)
		return XDP_TX;
	return XDP_DROP;
}
char LICENSE[] SEC("license") = "GPL";
