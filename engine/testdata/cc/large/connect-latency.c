// TCP connections: how long each took to be established, by kprobes on the kernel's functions and by the state tracepoint.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

#define AF_INET 2
#define AF_INET6 10
#define TASK_NAME 16

struct piece {
	char name[TASK_NAME];
	__u64 time;
	__u32 tgid;
};

struct event {
	union {
		__u32 source_v4;
		__u8 source_v6[16];
	};
	union {
		__u32 target_v4;
		__u8 target_v6[16];
	};
	char name[TASK_NAME];
	__u64 delta_us;
	__u64 at;
	__u32 tgid;
	__u32 family;
	__u16 local_port;
	__u16 port;
	__u32 srtt;
};

struct totals {
	__u64 count;
	__u64 sum;
	__u64 most;
};

const volatile __u64 least_us = 0;
const volatile pid_t only = 0;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct sock *);
	__type(value, struct piece);
} pending SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 512);
	__type(key, __u16);
	__type(value, struct totals);
} by_port SEC(".maps");

static int trace_connect(struct sock *sk)
{
	__u32 tgid = bpf_get_current_pid_tgid() >> 32;
	struct piece piece = {};

	if (only && only != tgid)
		return 0;
	bpf_get_current_comm(&piece.name, sizeof(piece.name));
	piece.time = bpf_ktime_get_ns();
	piece.tgid = tgid;
	bpf_map_update_elem(&pending, &sk, &piece, BPF_ANY);
	return 0;
}

static __always_inline void add_up(__u16 port, __u64 us)
{
	struct totals *t = bpf_map_lookup_elem(&by_port, &port);

	if (!t) {
		struct totals fresh = { 1, us, us };

		bpf_map_update_elem(&by_port, &port, &fresh, BPF_NOEXIST);
		return;
	}
	t->count++;
	t->sum += us;
	if (us > t->most)
		t->most = us;
}

static int finish(void *ctx, struct sock *sk)
{
	struct piece *piece = bpf_map_lookup_elem(&pending, &sk);
	struct event event = {};
	__s64 delta;
	__u64 now;

	if (!piece)
		return 0;
	now = bpf_ktime_get_ns();
	delta = now - piece->time;
	if (delta < 0)
		goto forget;
	event.delta_us = delta / 1000U;
	if (least_us && event.delta_us < least_us)
		goto forget;
	__builtin_memcpy(event.name, piece->name, sizeof(event.name));
	event.at = now / 1000;
	event.tgid = piece->tgid;
	event.local_port = BPF_CORE_READ(sk, __sk_common.skc_num);
	event.port = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
	event.family = BPF_CORE_READ(sk, __sk_common.skc_family);
	event.srtt = BPF_CORE_READ((struct tcp_sock *)sk, srtt_us) >> 3;
	if (event.family == AF_INET) {
		event.source_v4 = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
		event.target_v4 = BPF_CORE_READ(sk, __sk_common.skc_daddr);
	} else {
		BPF_CORE_READ_INTO(&event.source_v6, sk, __sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32);
		BPF_CORE_READ_INTO(&event.target_v6, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32);
	}
	add_up(event.port, event.delta_us);
	bpf_perf_event_output(ctx, &events, BPF_F_CURRENT_CPU, &event, sizeof(event));
forget:
	bpf_map_delete_elem(&pending, &sk);
	return 0;
}

SEC("kprobe/tcp_v4_connect")
int BPF_KPROBE(connect_v4, struct sock *sk)
{
	return trace_connect(sk);
}

SEC("kprobe/tcp_v6_connect")
int BPF_KPROBE(connect_v6, struct sock *sk)
{
	return trace_connect(sk);
}

SEC("kprobe/tcp_rcv_state_process")
int BPF_KPROBE(state_process, struct sock *sk)
{
	if (BPF_CORE_READ(sk, __sk_common.skc_state) != TCP_SYN_SENT)
		return 0;
	return finish(ctx, sk);
}

SEC("tracepoint/tcp/tcp_destroy_sock")
int destroyed(struct trace_event_raw_tcp_event_sk *ctx)
{
	const struct sock *sk = ctx->skaddr;

	bpf_map_delete_elem(&pending, &sk);
	return 0;
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(set_state, struct sock *sk, int before, int after)
{
	if (before != TCP_SYN_SENT || sk->sk_protocol != 6)
		return 0;
	if (after != TCP_ESTABLISHED) {
		bpf_map_delete_elem(&pending, &sk);
		return 0;
	}
	return finish(ctx, sk);
}

char _license[] SEC("license") = "GPL";
