#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	char *p = (void *)(long)ctx->data;
	__builtin_memset(p, 0, sizeof(p));
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
