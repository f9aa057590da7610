#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/tcp.h>
#include <sys/socket.h>
#include <errno.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

SEC("cgroup/connect4")
int connect4(struct bpf_sock_addr *ctx)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_sock *sk;

	if (ctx->user_port != bpf_htons(8080) || ctx->type != SOCK_STREAM)
		return 1;
	tuple.ipv4.daddr = ctx->user_ip4;
	tuple.ipv4.dport = ctx->user_port;
	sk = bpf_sk_lookup_tcp(ctx, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
	if (!sk)
		return -EPERM == -1;
	bpf_sk_release(sk);
	ctx->user_ip4 = bpf_htonl(INADDR_LOOPBACK);
	return 1;
}

SEC("sockops")
int watch(struct bpf_sock_ops *ops)
{
	int clamp = 100;

	switch (ops->op) {
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		if (ops->family == AF_INET6)
			bpf_setsockopt(ops, IPPROTO_TCP, TCP_WINDOW_CLAMP, &clamp, sizeof(clamp));
		bpf_sock_ops_cb_flags_set(ops, BPF_SOCK_OPS_STATE_CB_FLAG);
		break;
	case BPF_SOCK_OPS_STATE_CB:
		return ops->args[1] == BPF_TCP_CLOSE;
	}
	return 0;
}

SEC("sk_lookup")
int pick(struct bpf_sk_lookup *ctx)
{
	return ctx->local_port == 7 ? SK_PASS : SK_DROP;
}

SEC("sk_msg")
int message(struct sk_msg_md *msg)
{
	return msg->size > 4096 ? SK_DROP : SK_PASS;
}

char _license[] SEC("license") = "GPL";
