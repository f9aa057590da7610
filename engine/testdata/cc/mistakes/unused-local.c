#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int count;
	__u32 size = ctx->data_end - ctx->data;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
