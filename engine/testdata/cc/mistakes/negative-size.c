#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int a[2];
	a[2] = 3;
	return a[5];
}
char LICENSE[] SEC("license") = "GPL";
