// helper/maybe-null
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

SEC("xdp")
int copy(struct xdp_md *ctx)
{
	__u32 key = 1, other = 2;
	__u64 *value;

	value = bpf_map_lookup_elem(&counts, &key);
	bpf_map_update_elem(&counts, &other, value, BPF_ANY);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
