#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	char c[4] = "abc";
	if (c == "abc")
		return 1;
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
