// A congestion control of its own after the cubic function: a window that grows slowly about the last one that was too large, and a
// slow start that ends when round trips grow longer.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define HZ 1000ull
#define SCALE 10
#define BETA 717
#define BETA_SCALE 1024
#define CUBE_RATE 41ull
#define LARGE 0x7fffffff
#define SAMPLES 8
#define DELAY_LEAST (4000u)
#define DELAY_MOST (16000u)

#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define clamp(v, low, high) min(max(v, low), high)

struct state {
	__u32 count;
	__u32 last_window;
	__u32 last_time;
	__u32 origin;
	__u32 to_origin;
	__u32 epoch;
	__u32 acked;
	__u32 reno_window;
	__u32 round_start;
	__u32 round_end;
	__u32 round_least;
	__u32 least_delay;
	__u8 samples;
	__u8 found;
};

static __always_inline struct tcp_sock *tcp_of(const struct sock *sk)
{
	return (struct tcp_sock *)sk;
}

static __always_inline struct state *state_of(const struct sock *sk)
{
	return (struct state *)((struct inet_connection_sock *)sk)->icsk_ca_priv;
}

static __always_inline bool after(__u32 a, __u32 b)
{
	return (__s32)(b - a) < 0;
}

static __always_inline __u32 now_ms(void)
{
	return bpf_ktime_get_ns() / 1000000;
}

/* An integer cube root by Newton's method, from a power of two that is not too small. */
static __noinline __u32 cube_root(__u64 a)
{
	__u64 root = 1, rest = a;

	for (int i = 0; i < 21 && rest; i++) {
		rest >>= 3;
		root <<= rest ? 1 : 0;
	}
	root <<= 1;
#pragma unroll
	for (int i = 0; i < 6; i++) {
		__u64 square = root * root;

		root = (2 * root + (square ? a / square : 0)) / 3;
	}
	return root;
}

static __always_inline void forget(struct state *s)
{
	s->count = 0;
	s->last_window = 0;
	s->last_time = 0;
	s->origin = 0;
	s->to_origin = 0;
	s->epoch = 0;
	s->acked = 0;
	s->reno_window = 0;
	s->least_delay = 0;
	s->found = 0;
}

static __always_inline void begin_round(struct sock *sk, struct state *s)
{
	struct tcp_sock *tp = tcp_of(sk);

	s->round_start = now_ms();
	s->round_end = tp->snd_nxt;
	s->round_least = LARGE;
	s->samples = 0;
}

static __always_inline void aim(struct state *s, __u32 window)
{
	__u64 distance, time, change;
	__u32 target;

	s->epoch = now_ms();
	s->acked = 1;
	s->reno_window = window;
	if (s->origin <= window) {
		s->to_origin = 0;
		s->origin = window;
	} else {
		distance = s->origin - window;
		s->to_origin = cube_root((distance << 40) / CUBE_RATE);
	}
	time = 0;
	change = CUBE_RATE * time * time * time >> 40;
	target = s->origin + change;
	s->count = target > window ? window / (target - window) : 100 * window;
}

static __always_inline void update(struct state *s, __u32 window, __u32 acked)
{
	__u64 time, offset, change;
	__u32 now = now_ms(), target, reno_steps;

	s->acked += acked;
	if (s->last_window == window && (__s32)(now - s->last_time) <= HZ / 32)
		return;
	if (s->epoch && now == s->last_time)
		goto friendly;
	s->last_window = window;
	s->last_time = now;
	if (!s->epoch)
		aim(s, window);
	time = (__u64)(now - s->epoch) << SCALE;
	time /= HZ;
	if (time < s->to_origin)
		offset = s->to_origin - time;
	else
		offset = time - s->to_origin;
	change = (CUBE_RATE * offset * offset * offset) >> (10 + 3 * SCALE);
	target = time < s->to_origin ? s->origin - change : s->origin + change;
	s->count = target > window ? window / (target - window) : 100 * window;
	if (s->last_window == 0 && s->count > 20)
		s->count = 20;
friendly:
	reno_steps = (window * 15) >> 3;
	for (int i = 0; i < 16 && reno_steps && s->acked > reno_steps; i++) {
		s->acked -= reno_steps;
		s->reno_window++;
	}
	if (s->reno_window > window) {
		__u32 most = window / (s->reno_window - window);

		if (s->count > most)
			s->count = most;
	}
	s->count = max(s->count, 2u);
}

SEC("struct_ops/init")
void BPF_PROG(cubic_init, struct sock *sk)
{
	struct state *s = state_of(sk);

	forget(s);
	begin_round(sk, s);
}

SEC("struct_ops/ssthresh")
__u32 BPF_PROG(cubic_ssthresh, struct sock *sk)
{
	struct tcp_sock *tp = tcp_of(sk);
	struct state *s = state_of(sk);
	__u32 window = tp->snd_cwnd;

	s->epoch = 0;
	/* A window that shrinks twice makes room for others. */
	if (window < s->origin)
		s->origin = window * (BETA_SCALE + BETA) / (2 * BETA_SCALE);
	else
		s->origin = window;
	return max(window * BETA / BETA_SCALE, 2u);
}

static __always_inline __u32 slow_start(struct tcp_sock *tp, __u32 acked)
{
	__u32 window = min(tp->snd_cwnd + acked, tp->snd_ssthresh);

	acked -= window - tp->snd_cwnd;
	tp->snd_cwnd = min(window, tp->snd_cwnd_clamp);
	return acked;
}

static __always_inline void additive(struct tcp_sock *tp, __u32 every, __u32 acked)
{
	__u32 steps;

	if (!every)
		return;
	if (tp->snd_cwnd_cnt >= every) {
		tp->snd_cwnd_cnt = 0;
		tp->snd_cwnd++;
	}
	tp->snd_cwnd_cnt += acked;
	if (tp->snd_cwnd_cnt >= every) {
		steps = tp->snd_cwnd_cnt / every;
		tp->snd_cwnd_cnt -= steps * every;
		tp->snd_cwnd += steps;
	}
	tp->snd_cwnd = min(tp->snd_cwnd, tp->snd_cwnd_clamp);
}

SEC("struct_ops/cong_avoid")
void BPF_PROG(cubic_cong_avoid, struct sock *sk, __u32 ack, __u32 acked)
{
	struct tcp_sock *tp = tcp_of(sk);
	struct state *s = state_of(sk);

	if (!tp->is_cwnd_limited)
		return;
	if (tp->snd_cwnd < tp->snd_ssthresh) {
		if (after(ack, s->round_end))
			begin_round(sk, s);
		acked = slow_start(tp, acked);
		if (!acked)
			return;
	}
	update(s, tp->snd_cwnd, acked);
	additive(tp, s->count, acked);
}

SEC("struct_ops/set_state")
void BPF_PROG(cubic_set_state, struct sock *sk, __u8 state)
{
	struct state *s = state_of(sk);

	if (state == TCP_CA_Loss) {
		forget(s);
		begin_round(sk, s);
	}
}

static __always_inline void watch_delay(struct sock *sk, __u32 delay)
{
	struct tcp_sock *tp = tcp_of(sk);
	struct state *s = state_of(sk);

	if (s->found || tp->snd_cwnd > tp->snd_ssthresh || tp->snd_cwnd < 16)
		return;
	if (s->round_least > delay)
		s->round_least = delay;
	if (s->samples < SAMPLES) {
		s->samples++;
		return;
	}
	if (s->round_least > s->least_delay + clamp(s->least_delay >> 3, DELAY_LEAST, DELAY_MOST)) {
		s->found = 1;
		tp->snd_ssthresh = tp->snd_cwnd;
	}
}

SEC("struct_ops/pkts_acked")
void BPF_PROG(cubic_acked, struct sock *sk, const struct ack_sample *sample)
{
	struct state *s = state_of(sk);
	__u32 delay;

	if (sample->rtt_us < 0)
		return;
	/* Right after a loss round trips say nothing. */
	if (s->epoch && (__s32)(now_ms() - s->epoch) < HZ)
		return;
	delay = sample->rtt_us;
	if (!delay)
		delay = 1;
	if (!s->least_delay || s->least_delay > delay)
		s->least_delay = delay;
	watch_delay(sk, delay);
}

SEC("struct_ops/undo_cwnd")
__u32 BPF_PROG(cubic_undo, struct sock *sk)
{
	const struct tcp_sock *tp = tcp_of(sk);

	return max(tp->snd_cwnd, tp->prior_cwnd);
}

SEC(".struct_ops")
struct tcp_congestion_ops cubic_like = {
	.init = (void *)cubic_init,
	.ssthresh = (void *)cubic_ssthresh,
	.cong_avoid = (void *)cubic_cong_avoid,
	.set_state = (void *)cubic_set_state,
	.pkts_acked = (void *)cubic_acked,
	.undo_cwnd = (void *)cubic_undo,
	.name = "skep_cubic",
};

char _license[] SEC("license") = "GPL";
