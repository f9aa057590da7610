#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int a = a;
	return a;
}
char LICENSE[] SEC("license") = "GPL";
