#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	const char *f = "x";
	bpf_printk(f);
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
