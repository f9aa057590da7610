// Rejected: a map lookup may find nothing, and the result is used without asking.
// Try: add `if (!hits) return XDP_PASS;` behind the lookup.

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 64);
} devices SEC(".maps");

SEC("xdp")
int count_hits(struct xdp_md *ctx)
{
	__u32 device = ctx->ingress_ifindex;
	__u64 *hits = bpf_map_lookup_elem(&devices, &device);

	*hits += 1;
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
