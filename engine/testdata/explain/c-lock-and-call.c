// lock/call-while-held
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct shared {
	struct bpf_spin_lock lock;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct shared);
} totals SEC(".maps");

SEC("xdp")
int add(struct xdp_md *ctx)
{
	__u32 zero = 0;
	struct shared *total = bpf_map_lookup_elem(&totals, &zero);

	if (!total)
		return XDP_PASS;
	bpf_spin_lock(&total->lock);
	total->bytes = bpf_ktime_get_ns();
	bpf_spin_unlock(&total->lock);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
