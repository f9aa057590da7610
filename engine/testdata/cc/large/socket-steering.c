// Steering of sockets: listeners chosen by sk_lookup, connections watched by sockops and kept in a sockhash, messages and streams sent
// from one socket to another by sk_msg and sk_skb without going through the stack, reuseport by CPU.
#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/tcp.h>
#include <sys/socket.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

struct pair {
	__u32 local, remote;
	__u32 local_port, remote_port;
};

struct port_range {
	__u16 first, last;
	__u32 slot;
};

struct round_trip {
	__u64 count;
	__u32 least, most;
	__u64 sum;
	__u32 retransmitted;
	__u32 established;
};

struct {
	__uint(type, BPF_MAP_TYPE_SOCKHASH);
	__uint(max_entries, 65535);
	__type(key, struct pair);
	__type(value, __u64);
} connections SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} listeners SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} workers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, struct port_range);
} ranges SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct round_trip);
} round_trips SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} opened SEC(".maps");

SEC("sk_lookup")
int choose_listener(struct bpf_sk_lookup *ctx)
{
	struct bpf_sock *sk;
	long error;

	if (ctx->protocol != IPPROTO_TCP || ctx->family != AF_INET)
		return SK_PASS;
	for (__u32 i = 0; i < 8; i++) {
		__u32 key = i;
		const struct port_range *range = bpf_map_lookup_elem(&ranges, &key);

		if (!range || !range->first)
			break;
		if (ctx->local_port < range->first || ctx->local_port > range->last)
			continue;
		key = range->slot;
		sk = bpf_map_lookup_elem(&listeners, &key);
		if (!sk)
			return SK_DROP;
		error = bpf_sk_assign(ctx, sk, 0);
		bpf_sk_release(sk);
		return error ? SK_DROP : SK_PASS;
	}
	return SK_PASS;
}

static __always_inline void key_of(struct bpf_sock_ops *ops, struct pair *key)
{
	key->local = ops->local_ip4;
	key->remote = ops->remote_ip4;
	key->local_port = bpf_htonl(ops->local_port);
	key->remote_port = ops->remote_port;
}

static __always_inline void established(struct bpf_sock_ops *ops, __u32 active)
{
	struct pair key = {};
	__u64 now = bpf_ktime_get_ns(), *stored;
	struct bpf_sock *sk = ops->sk;

	if (ops->family != AF_INET)
		return;
	key_of(ops, &key);
	bpf_sock_hash_update(ops, &connections, &key, BPF_NOEXIST);
	if (sk) {
		stored = bpf_sk_storage_get(&opened, sk, &now, BPF_SK_STORAGE_GET_F_CREATE);
		if (stored)
			*stored |= active;
	}
	bpf_sock_ops_cb_flags_set(ops, BPF_SOCK_OPS_RTT_CB_FLAG | BPF_SOCK_OPS_RETRANS_CB_FLAG | BPF_SOCK_OPS_STATE_CB_FLAG);
}

static __always_inline struct round_trip *trips_of(__u32 remote)
{
	struct round_trip *t = bpf_map_lookup_elem(&round_trips, &remote), fresh = { .least = -1 };

	if (t)
		return t;
	bpf_map_update_elem(&round_trips, &remote, &fresh, BPF_NOEXIST);
	return bpf_map_lookup_elem(&round_trips, &remote);
}

SEC("sockops")
int watch(struct bpf_sock_ops *ops)
{
	struct round_trip *t;
	__u32 us;

	switch (ops->op) {
	case BPF_SOCK_OPS_TCP_CONNECT_CB: {
		int window = 10;

		bpf_setsockopt(ops, IPPROTO_TCP, TCP_BPF_IW, &window, sizeof(window));
		break;
	}
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
		established(ops, 1);
		break;
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		established(ops, 0);
		break;
	case BPF_SOCK_OPS_RTT_CB:
		us = ops->srtt_us >> 3;
		t = trips_of(ops->remote_ip4);
		if (!t)
			break;
		t->count++;
		t->sum += us;
		if (us < t->least)
			t->least = us;
		if (us > t->most)
			t->most = us;
		break;
	case BPF_SOCK_OPS_RETRANS_CB:
		t = trips_of(ops->remote_ip4);
		if (t)
			t->retransmitted += ops->args[1];
		break;
	case BPF_SOCK_OPS_STATE_CB:
		if (ops->args[1] == BPF_TCP_CLOSE && ops->snd_cwnd < 4)
			return 1;
		break;
	case BPF_SOCK_OPS_NEEDS_ECN:
		return 1;
	}
	return 0;
}

SEC("sk_msg")
int short_cut(struct sk_msg_md *msg)
{
	struct pair key = {
		.local = msg->remote_ip4,
		.remote = msg->local_ip4,
		.local_port = msg->remote_port,
		.remote_port = bpf_htonl(msg->local_port),
	};
	__u8 *data, *end;

	if (msg->family != AF_INET)
		return SK_PASS;
	if (bpf_msg_pull_data(msg, 0, 8, 0))
		return SK_PASS;
	data = msg->data;
	end = msg->data_end;
	if (data + 8 <= end && data[0] == 'Q' && data[1] == 'U' && data[2] == 'I' && data[3] == 'T')
		return SK_DROP;
	bpf_msg_redirect_hash(msg, &connections, &key, BPF_F_INGRESS);
	return SK_PASS;
}

SEC("sk_skb/stream_parser")
int parse_stream(struct __sk_buff *skb)
{
	__be32 length;

	if (skb->len < sizeof(length))
		return 0;
	if (bpf_skb_load_bytes(skb, 0, &length, sizeof(length)))
		return skb->len;
	length = bpf_ntohl(length) + sizeof(length);
	return length > 65536 ? skb->len : length;
}

SEC("sk_skb/stream_verdict")
int pass_stream(struct __sk_buff *skb)
{
	struct pair key = {
		.local = skb->remote_ip4,
		.remote = skb->local_ip4,
		.local_port = skb->remote_port,
		.remote_port = bpf_htonl(skb->local_port),
	};

	return bpf_sk_redirect_hash(skb, &connections, &key, 0);
}

SEC("sk_reuseport")
int choose_worker(struct sk_reuseport_md *md)
{
	__u32 key = bpf_get_smp_processor_id();

	if (bpf_sk_select_reuseport(md, &workers, &key, 0) == 0)
		return SK_PASS;
	key = md->hash % 64;
	bpf_sk_select_reuseport(md, &workers, &key, 0);
	return SK_PASS;
}

char _license[] SEC("license") = "GPL";
