#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static int add(a, b)
	int a;
{
	return a + b;
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return add(1, 2);
}
char LICENSE[] SEC("license") = "GPL";
