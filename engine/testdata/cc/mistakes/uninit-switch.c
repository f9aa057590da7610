#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int verdict;
	switch (ctx->ingress_ifindex) {
	case 1:
		verdict = XDP_DROP;
		break;
	default:
		break;
	}
	return verdict;
}
char LICENSE[] SEC("license") = "GPL";
