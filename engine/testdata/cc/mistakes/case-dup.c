#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int prog(struct xdp_md *ctx)
{
	switch (ctx->data) {
	case XDP_PASS: return 1;
	case 2: return 2;
	}
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
