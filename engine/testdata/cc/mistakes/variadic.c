#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __noinline int sum(int n, ...)
{
	return n;
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return sum(1, 2);
}
char LICENSE[] SEC("license") = "GPL";
