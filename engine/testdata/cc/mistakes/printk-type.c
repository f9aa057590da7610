#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	__u64 t = bpf_ktime_get_ns();
	bpf_printk("%d", t);
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
