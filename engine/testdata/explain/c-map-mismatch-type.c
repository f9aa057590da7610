// helper/map-type
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

SEC("xdp")
int report(struct xdp_md *ctx)
{
	__u64 *record = bpf_ringbuf_reserve(&counts, 8, 0);

	if (record)
		bpf_ringbuf_discard(record, 0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
