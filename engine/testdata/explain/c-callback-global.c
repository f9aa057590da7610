// callback/not-static
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int each(__u32 index, void *data)
{
	return index > 5;
}

SEC("xdp")
int turns(struct xdp_md *ctx)
{
	bpf_loop(10, each, 0, 0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
