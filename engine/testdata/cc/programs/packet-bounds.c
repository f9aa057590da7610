#include "common.h"
SEC("xdp") int bounds(struct xdp_md *ctx)
{
	__u8 *p = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	__u32 sum = 0;
	if (p + 20 > end)
		return XDP_DROP;
	for (int i = 0; i < 200; i++) {
		if (p + i + 1 > end)
			break;
		sum += p[i];
	}
	__u8 skip = *p & 15;
	if (p + skip + 2 <= end)
		sum += *(__u16 *)(p + skip);
	return sum & 1 ? XDP_PASS : XDP_TX;
}
char _license[] SEC("license") = "GPL";
