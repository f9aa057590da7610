#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct ev { int pid; char comm[16]; };
SEC("xdp") int prog(struct xdp_md *ctx)
{
	struct ev e = { .pidd = 1, .comm = { 0 } };
	return e.pid;
}
char LICENSE[] SEC("license") = "GPL";
