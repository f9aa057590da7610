// dynptr/argument
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int read(struct xdp_md *ctx)
{
	struct bpf_dynptr packet;
	__u32 word = 0;

	bpf_dynptr_read(&word, sizeof(word), &packet, 0, 0);
	return word ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
