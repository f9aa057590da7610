#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	__u8 proto = ctx->rx_queue_index;
	if (proto == 0x800)
		return XDP_DROP;
	if (proto > 255)
		return XDP_TX;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
