#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	struct event e = {};
	e.pid = 1;
	e.tid = 2;
	return e.pid;
}
char LICENSE[] SEC("license") = "GPL";
