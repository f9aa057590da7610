#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct xdp_md { int a; };
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
