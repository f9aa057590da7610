#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct event {
	__u32 pid;
}

SEC("xdp") int prog(struct xdp_md *ctx)
{
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
