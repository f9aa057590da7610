#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int sum;
	for (int i = 0; i < 4; i++)
		sum += i;
	return sum;
}
char LICENSE[] SEC("license") = "GPL";
