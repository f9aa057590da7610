#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
__attribute__((format(printf, 1, 2))) int say(const char *fmt, ...);
SEC("xdp") int prog(struct xdp_md *ctx)
{
	__u64 now = bpf_ktime_get_ns();
	say("at %d, queue %ld", now, ctx->rx_queue_index);
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
