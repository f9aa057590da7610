#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int a = ctx->rx_queue_index, b = ctx->ingress_ifindex;
	if (a == 1 || b == 2 && a == 3)
		return XDP_DROP;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
