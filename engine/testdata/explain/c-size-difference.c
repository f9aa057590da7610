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
	__u64 len = ctx->data_end - ctx->data;

	bpf_ringbuf_output(&events, buffer, len, 0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
