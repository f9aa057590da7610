// pointer/arithmetic
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int hash(struct xdp_md *ctx)
{
	unsigned long at = (unsigned long)ctx;

	return (at * 31) & 1;
}

char LICENSE[] SEC("license") = "GPL";
