#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	if (ctx->rx_queue_index)
		if (ctx->ingress_ifindex)
			return XDP_DROP;
	else
		return XDP_TX;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
