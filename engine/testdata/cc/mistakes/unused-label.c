#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	if (ctx->data == 0)
		return XDP_DROP;
out:
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
