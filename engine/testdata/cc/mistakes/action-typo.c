#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return XDP_PAS;
}
char LICENSE[] SEC("license") = "GPL";
