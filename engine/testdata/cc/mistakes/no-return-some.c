#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
static int classify(int proto)
{
	if (proto == 6)
		return 1;
	else if (proto == 17)
		return 2;
}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return classify(ctx->rx_queue_index);
}
char LICENSE[] SEC("license") = "GPL";
