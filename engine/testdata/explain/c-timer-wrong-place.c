// map/field
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct timed {
	__u64 count;
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct timed);
} timers SEC(".maps");

SEC("xdp")
int start(struct xdp_md *ctx)
{
	__u32 zero = 0;
	struct timed *t = bpf_map_lookup_elem(&timers, &zero);

	if (!t)
		return XDP_PASS;
	bpf_timer_init((struct bpf_timer *)&t->count, &timers, 1);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
