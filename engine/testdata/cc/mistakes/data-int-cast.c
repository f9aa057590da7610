#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	void *data = (void *)ctx->data;
	void *end = (void *)ctx->data_end;
	return data < end ? XDP_PASS : XDP_DROP;
}
char LICENSE[] SEC("license") = "GPL";
