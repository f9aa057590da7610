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
	struct bpf_dynptr record;
	__u32 queue = ctx->rx_queue_index;

	if (bpf_ringbuf_reserve_dynptr(&events, sizeof(queue), 0, &record))
		return XDP_PASS;
	bpf_dynptr_write(&record, 0, &queue, sizeof(queue), 0);
	bpf_ringbuf_submit_dynptr(&record, 0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
