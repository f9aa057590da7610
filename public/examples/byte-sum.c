// Sums the bytes of a packet in a callback of bpf_loop: the verifier judges the callback once, not once a turn.
// Try: raise MOST to 9000, and look at the processed instructions: they stay the same.

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define MOST 1500

struct walk {
	struct xdp_md *ctx;
	__u64 sum;
};

static long add(__u64 index, struct walk *walk)
{
	__u8 byte;

	if (bpf_xdp_load_bytes(walk->ctx, index, &byte, 1))
		return 1; /* behind the last byte */
	walk->sum += byte;
	return 0;
}

SEC("xdp")
int byte_sum(struct xdp_md *ctx)
{
	struct walk walk = { .ctx = ctx };

	bpf_loop(MOST, add, &walk, 0);
	bpf_printk("sum %llu", walk.sum);
	return walk.sum & 1 ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
