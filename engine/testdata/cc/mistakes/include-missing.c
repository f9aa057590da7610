#include <linux/bpf.h>
#include <bpf/bpf_helper.h>
#include "common.h"
SEC("xdp") int prog(struct xdp_md *ctx)
{
	return XDP_PASS;
}
char LICENSE[] SEC("license") = "GPL";
