// map/invalid-value-access
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct histogram {
	__u64 slots[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct histogram);
} sizes SEC(".maps");

SEC("xdp")
int measure(struct xdp_md *ctx)
{
	__u32 zero = 0;
	struct histogram *h = bpf_map_lookup_elem(&sizes, &zero);
	__u32 slot = (ctx->data_end - ctx->data) / 64 & 0xff;

	if (!h)
		return XDP_PASS;
	h->slots[slot]++;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
