#include "common.h"
SEC("xdp") int say(struct xdp_md *ctx)
{
	__u64 t = ctx->data_end - ctx->data;
	bpf_printk("length %d", (int)t);
	bpf_printk("four %d %d %d %s", 1, 2, 3, "x");
	char fmt[] = "local %d\n";
	bpf_trace_printk(fmt, sizeof(fmt), t);
	return XDP_PASS;
}
char _license[] SEC("license") = "GPL";
