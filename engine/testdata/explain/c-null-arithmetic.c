// pointer/arithmetic-on-null
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	__u64 packets;
	__u8 name[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

SEC("xdp")
int touch(struct xdp_md *ctx)
{
	__u32 key = 1;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);
	__u32 at = ctx->rx_queue_index & 15;

	flow->name[at] = 1;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
