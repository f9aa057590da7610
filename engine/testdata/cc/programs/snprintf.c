#include "common.h"
static char text[64];
SEC("xdp") int format(struct xdp_md *ctx)
{
	__u64 length = ctx->data_end - ctx->data;
	int n = BPF_SNPRINTF(text, sizeof(text), "%d and %s %llx", 5, "word", length * 0);
	return n == 13 && text[0] == '5' && text[7] == 'o' ? XDP_PASS : XDP_DROP;
}
char _license[] SEC("license") = "GPL";
