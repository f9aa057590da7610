#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp") char seen[8];
SEC("tunables") const int most = 4;
SEC("tunables") int least = 2;
SEC("xdp") extern int elsewhere;

SEC("xdp") int count(struct xdp_md *ctx)
{
	static int calls SEC("tc");
	return calls++ + seen[0] + most + least > 0 ? XDP_PASS : elsewhere;
}

SEC("tc") int other(struct __sk_buff *skb)
{
	return seen[1];
}
