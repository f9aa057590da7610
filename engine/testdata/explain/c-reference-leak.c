// reference/leak
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("xdp")
int report(struct xdp_md *ctx)
{
	__u32 *queue = bpf_ringbuf_reserve(&events, sizeof(*queue), 0);

	if (!queue)
		return XDP_PASS;
	*queue = ctx->rx_queue_index;
	if (*queue > 8)
		return XDP_DROP;
	bpf_ringbuf_submit(queue, 0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
