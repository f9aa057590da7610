// kfunc/not-allowed
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern int bpf_dynptr_from_skb(struct __sk_buff *s, u64 flags, struct bpf_dynptr *ptr) __ksym;

SEC("xdp")
int look(struct xdp_md *ctx)
{
	struct bpf_dynptr packet;

	bpf_dynptr_from_skb((struct __sk_buff *)ctx, 0, &packet);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
