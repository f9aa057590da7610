#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct event { int pid; char comm[16]; };
SEC("xdp") int prog(struct xdp_md *ctx)
{
	struct event e = {0};
	if (e.comm)
		return XDP_DROP;
	if (&e == 0)
		return XDP_TX;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
