#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	void *data = ctx->data;
	int *p = 5;
	return data == p ? XDP_PASS : XDP_DROP;
}
char LICENSE[] SEC("license") = "GPL";
