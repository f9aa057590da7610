#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __always_inline int total(const unsigned char *p)
{
	return p[0] + p[1];
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	char buf[4] = "abc";
	return total(buf);
}
char LICENSE[] SEC("license") = "GPL";
