#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_SOCKMAP); __uint(max_entries, 2); __type(key, __u32); __type(value, __u64); } sockets SEC(".maps");
SEC("sk_lookup") int steer(struct bpf_sk_lookup *ctx)
{
	__u32 at = ctx->local_port == 7 ? 0 : 1;
	if (ctx->local_port > 1024)
		return SK_PASS;
	struct bpf_sock *sk = bpf_map_lookup_elem(&sockets, &at);
	if (!sk)
		return SK_PASS;
	long r = bpf_sk_assign(ctx, sk, 0);
	bpf_sk_release(sk);
	return r ? SK_DROP : SK_PASS;
}
char _license[] SEC("license") = "GPL";
