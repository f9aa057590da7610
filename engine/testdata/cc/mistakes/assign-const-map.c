#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static const volatile __u32 limit = 10;
SEC("xdp") int prog(struct xdp_md *ctx)
{
	limit++;
	return limit;
}
char LICENSE[] SEC("license") = "GPL";
