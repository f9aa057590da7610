#include "common.h"
struct state { __u32 sum; };
static long turn(__u32 i, struct state *s)
{
	s->sum += i * i;
	return i > 50;
}
SEC("xdp") int looped(struct xdp_md *ctx)
{
	struct state s = { 1 };
	long n = bpf_loop(100, turn, &s, 0);
	return n == 52 && s.sum == 45527 ? XDP_PASS : XDP_DROP;
}
char _license[] SEC("license") = "GPL";
