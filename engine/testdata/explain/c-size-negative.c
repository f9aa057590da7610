// helper/negative-size
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("xdp")
int report(struct xdp_md *ctx)
{
	char buffer[64] = {};
	int len = (int)(ctx->rx_queue_index & 31) - 4;

	bpf_ringbuf_output(&events, buffer, len, 0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
