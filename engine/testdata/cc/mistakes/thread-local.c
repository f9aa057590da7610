#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static _Thread_local int counter;
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return counter++;
}
char LICENSE[] SEC("license") = "GPL";
