#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int a = ctx->rx_queue_index;
	a = a;
	return a;
}
char LICENSE[] SEC("license") = "GPL";
