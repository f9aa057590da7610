#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	char c[4];
	c = "abc";
	return c[0];
}
char LICENSE[] SEC("license") = "GPL";
