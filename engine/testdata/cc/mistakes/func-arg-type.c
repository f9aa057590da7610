#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static int parse(struct xdp_md *ctx, int n) { return n; }
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return parse(1, ctx);
}
char LICENSE[] SEC("license") = "GPL";
