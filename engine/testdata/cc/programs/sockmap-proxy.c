// A layer 7 proxy inside the kernel: established sockets join a hash, a parser finds messages, a verdict sends them on.
#include <stddef.h>
#include <string.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/in.h>
#include <linux/tcp.h>
#include <linux/types.h>
#include <sys/socket.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct ends {
	__u32 from, to;
	__u8 family, spare[3];
	__u32 from_port, to_port;
} __attribute__((packed));

struct {
	__uint(type, BPF_MAP_TYPE_SOCKHASH);
	__uint(max_entries, 65535);
	__uint(key_size, sizeof(struct ends));
	__uint(value_size, sizeof(int));
} sockets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, __u64);
} by_index SEC(".maps");

static inline void ends_of(struct bpf_sock_ops *ops, struct ends *key)
{
	key->to = ops->remote_ip4;
	key->from = ops->local_ip4;
	key->family = 1;
	key->from_port = bpf_htonl(ops->local_port) >> 16;
	key->to_port = ops->remote_port >> 16;
}

SEC("sockops")
int established(struct bpf_sock_ops *skops)
{
	struct ends key = {};

	switch (skops->op) {
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
		if (skops->family != AF_INET)
			break;
		ends_of(skops, &key);
		bpf_sock_hash_update(skops, &sockets, &key, BPF_NOEXIST);
		bpf_sock_ops_cb_flags_set(skops, BPF_SOCK_OPS_STATE_CB_FLAG | BPF_SOCK_OPS_RTT_CB_FLAG);
		break;
	case BPF_SOCK_OPS_STATE_CB:
		if (skops->args[1] == BPF_TCP_CLOSE)
			skops->reply = -1;
		break;
	default:
		break;
	}
	return 1;
}

SEC("sk_msg")
int redirected(struct sk_msg_md *msg)
{
	struct ends key = {
		.from = msg->remote_ip4,
		.to = msg->local_ip4,
		.family = 1,
		.to_port = bpf_htonl(msg->local_port) >> 16,
		.from_port = msg->remote_port >> 16,
	};
	void *data = msg->data, *end = msg->data_end;

	if (data + 4 <= end && !memcmp(data, "\x16\x03\x01", 3))
		return SK_PASS;
	bpf_msg_redirect_hash(msg, &sockets, &key, BPF_F_INGRESS);
	return SK_PASS;
}

SEC("sk_skb/stream_parser")
int parser(struct __sk_buff *skb)
{
	__be32 len;

	if (bpf_skb_load_bytes(skb, 0, &len, sizeof(len)) < 0)
		return 0;
	return 4 + bpf_ntohl(len);
}

SEC("sk_skb/stream_verdict")
int verdict(struct __sk_buff *skb)
{
	return bpf_sk_redirect_map(skb, &by_index, skb->remote_port & 1, 0);
}

char _license[] SEC("license") = "GPL";
