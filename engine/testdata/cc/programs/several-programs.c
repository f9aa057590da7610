#include "parse.h"
static long total;
static __noinline int bump(int by) { total += by; return total; }
SEC("xdp") int first(struct xdp_md *ctx) { bump(1); return XDP_PASS; }
SEC("xdp") int second(struct xdp_md *ctx) { return bump(2) > 0 ? XDP_TX : XDP_DROP; }
SEC("tc") int third(struct __sk_buff *skb) { return bump(skb->len) & 1; }
SEC("xdp/devmap") int fourth(struct xdp_md *ctx) { return ctx->egress_ifindex ? XDP_PASS : XDP_DROP; }
SEC("xdp.frags") int fifth(struct xdp_md *ctx) { return bpf_xdp_get_buff_len(ctx) > 100 ? XDP_PASS : XDP_DROP; }
char _license[] SEC("license") = "GPL";
