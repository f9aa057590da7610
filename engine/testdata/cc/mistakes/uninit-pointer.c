#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	struct xdp_md *other;
	return other->data ? XDP_PASS : XDP_DROP;
}
char LICENSE[] SEC("license") = "GPL";
