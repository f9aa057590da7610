#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static void count(int a)
{
	return a + 1;
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	count(1);
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
