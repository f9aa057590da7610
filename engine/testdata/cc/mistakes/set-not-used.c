#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int verdict = XDP_DROP;
	verdict = XDP_PASS;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
