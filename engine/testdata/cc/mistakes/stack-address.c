#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __noinline int *make(int a)
{
	int local = a;
	return &local;
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return *make(1);
}
char LICENSE[] SEC("license") = "GPL";
