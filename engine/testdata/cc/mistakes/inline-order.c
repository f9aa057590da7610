#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
always_inline static int f(void) { return 1; }
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return f();
}
char LICENSE[] SEC("license") = "GPL";
