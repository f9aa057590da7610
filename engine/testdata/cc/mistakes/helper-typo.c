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
	__u32 key = 1;
	__u64 *v = bpf_map_lokup_elem(&counts, &key);
	return v ? XDP_PASS : XDP_DROP;
}
char LICENSE[] SEC("license") = "GPL";
