#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __noinline int parse(int a, int b, int c, int d, int e, int f) { return a + b + c + d + e + f; }
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return parse(1, 2, 3, 4, 5, ctx->data);
}
char LICENSE[] SEC("license") = "GPL";
