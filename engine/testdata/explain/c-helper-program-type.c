// helper/not-allowed
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int who(struct xdp_md *ctx)
{
	return bpf_get_socket_uid((void *)ctx) ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
