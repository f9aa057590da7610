// Rejected: a loop over the packet whose end the verifier cannot see.
// Try: count the turns and leave the loop after 64.

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int sum_bytes(struct xdp_md *ctx)
{
	__u8 *at = (void *)(long)ctx->data;
	__u8 *end = (void *)(long)ctx->data_end;
	__u32 sum = 0;

	while (at + 1 <= end) {
		sum += *at;
		at++;
	}
	return sum & 1 ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
