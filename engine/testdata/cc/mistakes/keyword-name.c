#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	int default = 1;
	return default;
}
char LICENSE[] SEC("license") = "GPL";
