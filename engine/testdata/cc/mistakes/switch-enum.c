#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
enum kind { TCP, UDP, ICMP };
SEC("xdp") int prog(struct xdp_md *ctx)
{
	enum kind k = ctx->rx_queue_index;
	switch (k) {
	case TCP:
		return XDP_PASS;
	case 7:
		return XDP_DROP;
	}
	return XDP_TX;
}
char LICENSE[] SEC("license") = "GPL";
