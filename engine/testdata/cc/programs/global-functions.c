#include "common.h"
struct pair { __u32 a, b; };
__noinline int weigh(struct pair *p __arg_nonnull) { return p->a * 3 + p->b; }
__weak int weak_one(int v) { return v ^ 0x55; }
__hidden __noinline int inner(struct xdp_md *ctx) { return ctx->data_end - ctx->data; }
SEC("xdp") int main_program(struct xdp_md *ctx)
{
	struct pair p = { inner(ctx), 5 };
	int v = weigh(&p);
	return weak_one(v) & 1 ? XDP_PASS : XDP_DROP;
}
char _license[] SEC("license") = "GPL";
