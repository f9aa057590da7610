// Congestion control through a struct_ops link: slow start, a cube root by Newton's method, state beside the socket.
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define clamp(val, lo, hi) min((typeof(val))max(val, lo), hi)

struct grow {
	u32 last_max, origin, start, k;
	u64 acked;
};

extern u32 tcp_slow_start(struct tcp_sock *tp, u32 acked) __ksym;
extern void tcp_cong_avoid_ai(struct tcp_sock *tp, u32 w, u32 acked) __ksym;
extern u32 tcp_reno_undo_cwnd(struct sock *sk) __ksym;

static struct tcp_sock *tcp_sk(const struct sock *sk)
{
	return (struct tcp_sock *)sk;
}

static struct grow *ca_of(const struct sock *sk)
{
	return (struct grow *)((struct inet_connection_sock *)sk)->icsk_ca_priv;
}

static __always_inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

static __noinline u32 cubic_root(u64 a)
{
	u32 x = 1U << 10;
	int i;

	if (a < 8)
		return a > 0;
	for (i = 0; i < 16; i++)
		x = (2 * x + (u32)div64_u64(a, (u64)x * (u64)max(x - 1, 1U))) / 3 ?: 1;
	return x;
}

SEC("struct_ops/grow_init")
void BPF_PROG(grow_init, struct sock *sk)
{
	struct grow *ca = ca_of(sk);

	ca->last_max = 0;
	ca->origin = 0;
	ca->start = 0;
	tcp_sk(sk)->snd_ssthresh = 0x7fffffff;
}

SEC("struct_ops/grow_avoid")
void BPF_PROG(grow_avoid, struct sock *sk, u32 ack, u32 acked)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct grow *ca = ca_of(sk);
	u32 jiffies = bpf_jiffies64(), t, target;

	if (!BPF_CORE_READ_BITFIELD(tp, is_cwnd_limited))
		return;
	if (tp->snd_cwnd < tp->snd_ssthresh) {
		acked = tcp_slow_start(tp, acked);
		if (!acked)
			return;
	}
	ca->acked += acked;
	if (!ca->start) {
		ca->start = jiffies;
		ca->k = cubic_root((u64)max(ca->last_max, tp->snd_cwnd) << 10);
	}
	t = jiffies - ca->start;
	target = clamp(t > ca->k ? t - ca->k : ca->k - t, 2U, tp->snd_cwnd_clamp);
	tcp_cong_avoid_ai(tp, max(tp->snd_cwnd / max(target, 1U), 2U), acked);
}

SEC("struct_ops/grow_ssthresh")
u32 BPF_PROG(grow_ssthresh, struct sock *sk)
{
	const struct tcp_sock *tp = tcp_sk(sk);
	struct grow *ca = ca_of(sk);

	ca->start = 0;
	ca->last_max = tp->snd_cwnd;
	return max(tp->snd_cwnd * 717 / 1024, 2U);
}

SEC("struct_ops/grow_undo")
u32 BPF_PROG(grow_undo, struct sock *sk)
{
	return tcp_reno_undo_cwnd(sk);
}

SEC(".struct_ops.link")
struct tcp_congestion_ops grow = {
	.init = (void *)grow_init,
	.ssthresh = (void *)grow_ssthresh,
	.cong_avoid = (void *)grow_avoid,
	.undo_cwnd = (void *)grow_undo,
	.name = "bpf_grow",
};

char _license[] SEC("license") = "GPL";
