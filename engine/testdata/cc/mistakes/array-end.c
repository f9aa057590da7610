#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int a[4] = {0};
	a[4] = 1;
	return a[0];
}
char LICENSE[] SEC("license") = "GPL";
