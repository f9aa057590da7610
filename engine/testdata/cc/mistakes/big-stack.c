#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	char buf[600] = {};
	bpf_trace_printk(buf, sizeof(buf));
	return buf[3];
}
char LICENSE[] SEC("license") = "GPL";
