// memory/zero-size
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int say(struct xdp_md *ctx)
{
	char text[8] = "size";
	__u32 len = ctx->rx_queue_index & 7;

	bpf_trace_printk(text, len);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
