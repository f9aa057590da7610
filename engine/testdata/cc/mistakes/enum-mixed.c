#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
enum kind { TCP, UDP };
enum verdict { OK, DENY };
SEC("xdp") int prog(struct xdp_md *ctx)
{
	enum kind k = ctx->rx_queue_index;
	enum verdict v = k;
	return v == DENY;
}
char LICENSE[] SEC("license") = "GPL";
