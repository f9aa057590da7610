#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	__int128 a = ctx->rx_queue_index;
	return (int)((a << 70) / (a + 3));
}
char LICENSE[] SEC("license") = "GPL";
