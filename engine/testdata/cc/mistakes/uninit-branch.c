#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int verdict;
	if (ctx->ingress_ifindex == 1)
		verdict = XDP_DROP;
	return verdict;
}
char LICENSE[] SEC("license") = "GPL";
