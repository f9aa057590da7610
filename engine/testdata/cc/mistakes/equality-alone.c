#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int verdict = XDP_DROP;
	if (ctx->rx_queue_index)
		verdict == XDP_PASS;
	return verdict;
}
char LICENSE[] SEC("license") = "GPL";
