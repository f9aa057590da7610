// memory/not-a-pointer
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
	bpf_ringbuf_submit(queue, 0);
	*queue = ctx->rx_queue_index;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
