#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __always_inline int sum(int *a)
{
	int total = 0;
	for (unsigned long i = 0; i < sizeof(a) / sizeof(a[0]); i++)
		total += a[i];
	return total;
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int a[4] = {1, 2, 3, 4};
	return sum(a);
}
char LICENSE[] SEC("license") = "GPL";
