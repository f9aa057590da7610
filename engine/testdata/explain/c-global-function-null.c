// call/argument
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

__noinline int bump(__u64 *value)
{
	if (!value)
		return 0;
	*value += 1;
	return 1;
}

__noinline int last(struct xdp_md *ctx, __u64 *value __arg_nonnull)
{
	*value += ctx->rx_queue_index;
	return 0;
}

SEC("xdp")
int count(struct xdp_md *ctx)
{
	__u32 key = 0;
	__u64 *value = bpf_map_lookup_elem(&counts, &key);

	last(ctx, value);
	bump(value);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
