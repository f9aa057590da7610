#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __noinline int check(int a) __attribute__((warn_unused_result));
static __noinline int check(int a) { return a > 3; }
SEC("xdp") int prog(struct xdp_md *ctx)
{
	check(ctx->rx_queue_index);
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
