// limit/jumps
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int spin(struct xdp_md *ctx)
{
	__u32 sum = 0;

	while (bpf_get_prandom_u32() != 7)
		sum += bpf_get_smp_processor_id();
	return sum & 1 ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
