#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	typedef __u32 port_t;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
