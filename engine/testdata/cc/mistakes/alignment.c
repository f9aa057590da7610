#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return __builtin_align_up(ctx->rx_queue_index, 12);
}
char LICENSE[] SEC("license") = "GPL";
