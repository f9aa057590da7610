#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int port = ctx->rx_queue_index;
	if (port != 80 || port != 443)
		return XDP_DROP;
	if (port < 10 && port > 20)
		return XDP_TX;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
