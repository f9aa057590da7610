#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	bpf_printk("x");
}
char LICENSE[] SEC("license") = "GPL";
