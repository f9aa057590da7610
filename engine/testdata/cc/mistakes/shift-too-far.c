#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	__u32 a = ctx->rx_queue_index;
	__u64 mask = 1 << 40;
	return (a << 32) + (a >> -1) + mask;
}
char LICENSE[] SEC("license") = "GPL";
