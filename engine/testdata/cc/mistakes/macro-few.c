#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int a = MAX(ctx->rx_queue_index);
	return a;
}
char LICENSE[] SEC("license") = "GPL";
