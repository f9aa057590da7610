#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return parse(ctx);
}
char LICENSE[] SEC("license") = "GPL";
static int parse(struct xdp_md *ctx) { return 1; }
