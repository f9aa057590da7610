#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

SEC("xdp") int prog(struct xdp_md *ctx)
{
	__u32 key;
	__u64 one = 1;
	int x;
	if (x > 3)
		return 1;
	bpf_map_update_elem(&counts, &key, &one, BPF_ANY);
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
