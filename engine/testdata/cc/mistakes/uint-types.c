#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	uint32_t x = 1;
	u8 y = 2;
	return x + y;
}
char LICENSE[] SEC("license") = "GPL";
