// pointer/offset
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int far(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	__s64 n = (__s32)ctx->rx_queue_index;
	__u8 *p = data + n * 4096;

	if ((void *)(p + 1) > data_end)
		return XDP_PASS;
	return *p ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
