#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	__u32 a[] = { 1, 2 };
	bpf_for(i, 0) { a[0]++; }
	return a[0];
}
char LICENSE[] SEC("license") = "GPL";
