#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
const volatile int limit = 3;
SEC("xdp") int prog(struct xdp_md *ctx)
{
	limit = 4;
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
