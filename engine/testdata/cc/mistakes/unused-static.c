#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static int helper(int a)
{
	return a + 1;
}
static const int limit = 3;
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
