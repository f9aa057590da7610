// Forwards every frame to the device that the devmap holds for the device it came in on.
// Try: point entry 1 of the map to another interface index.

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_DEVMAP);
	__type(key, __u32);
	__type(value, __u32);
	__uint(max_entries, 8);
} ports SEC(".maps");

SEC("xdp")
int l2_forward(struct xdp_md *ctx)
{
	return bpf_redirect_map(&ports, ctx->ingress_ifindex, XDP_PASS);
}

char _license[] SEC("license") = "GPL";
