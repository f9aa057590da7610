#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	char *p = malloc(8);
	return p ? XDP_PASS : XDP_DROP;
}
char LICENSE[] SEC("license") = "GPL";
