#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct a { int x; };
struct b { int y; };
static __always_inline int get(struct a *p)
{
	return p->x;
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	struct b b = {1};
	return get(&b);
}
char LICENSE[] SEC("license") = "GPL";
