#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	__u32 key = 1
	return key;
}
char LICENSE[] SEC("license") = "GPL";
