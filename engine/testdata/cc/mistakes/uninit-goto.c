#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int verdict;
	if (ctx->data + 14 > ctx->data_end)
		goto out;
	verdict = XDP_PASS;
out:
	return verdict;
}
char LICENSE[] SEC("license") = "GPL";
