// memory/not-a-pointer
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

SEC("xdp")
int count(struct xdp_md *ctx)
{
	__u32 key = ctx->ingress_ifindex;
	__u64 one = 1;
	__u64 *value = bpf_map_lookup_elem(&counts, &key);

	if (!value)
		bpf_map_update_elem(&counts, &key, &one, BPF_ANY);
	if (ctx->rx_queue_index > 3)
		*value += 1;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
