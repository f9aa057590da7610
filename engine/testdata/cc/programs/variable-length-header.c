#include "parse.h"
SEC("xdp") int header(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + 14;
	if ((void *)(ip + 1) > end)
		return XDP_ABORTED;
	__u32 length = ip->ihl * 4;
	if (length < 20 || (void *)ip + length + 8 > end)
		return XDP_DROP;
	__be32 *word = (void *)ip + length;
	word[0] = bpf_htonl(bpf_ntohl(word[0]) + 1);
	word[1] ^= word[0];
	return XDP_TX;
}
char _license[] SEC("license") = "GPL";
