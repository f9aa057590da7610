#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
int other(int a) __attribute__((alias("nothing_here")));
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return other(1);
}
char LICENSE[] SEC("license") = "GPL";
