#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int s = 0;
	for (int i = 0, i < 4, i++)
		s += i;
	return s;
}
char LICENSE[] SEC("license") = "GPL";
