// limit/instructions
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int sum(struct xdp_md *ctx)
{
	__u64 total = 0;

	for (__u32 i = 0; i < 1000000; i++)
		total += bpf_get_prandom_u32();
	return total & 1 ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
