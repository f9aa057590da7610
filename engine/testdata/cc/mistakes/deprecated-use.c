#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static __always_inline int old(void) __attribute__((deprecated("use fresh")));
static __always_inline int old(void) { return 1; }
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return old();
}
char LICENSE[] SEC("license") = "GPL";
