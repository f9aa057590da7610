#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	char buf[16];
	__builtin_memset(buf, sizeof(buf), 0);
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
