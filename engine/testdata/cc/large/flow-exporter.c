// An exporter of flows at TC: counts in a hash, a timer in each flow that sends it to user space when it has been idle, another that
// beats for all; records by ring buffer, flows that end by FIN are sent at once.
// differs: flows beats
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#define CLOCK_MONOTONIC 1
#define SECOND 1000000000ull

struct flow_key {
	__u8 source[16], target[16];
	__be16 source_port, target_port;
	__u8 protocol, family;
	__u16 pad;
};

struct flow {
	struct bpf_timer idle;
	__u64 first, last;
	__u64 packets, bytes;
	__u32 flags;
	__u32 exported;
};

struct beat {
	struct bpf_timer timer;
	__u64 beats;
	__u64 flows;
};

struct record {
	struct flow_key key;
	__u64 first, last, packets, bytes;
	__u32 flags, reason;
};

enum reason { REASON_IDLE, REASON_END, REASON_LONG };

enum answer { ANSWER_INIT, ANSWER_AGAIN, ANSWER_CALLBACK, ANSWER_START, ANSWER_CANCEL, ANSWER_EARLY, ANSWER_EXPORT, ANSWERS = 16 };

const volatile __u64 idle_time = 60 * SECOND;
const volatile __u64 long_time = 1800 * SECOND;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192);
	__type(key, struct flow_key);
	__type(value, struct flow);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct beat);
} beats SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} records SEC(".maps");

/* What the helpers answered, folded. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ANSWERS);
	__type(key, __u32);
	__type(value, __u64);
} answers SEC(".maps");

__u64 lost;

static __always_inline void answer(__u32 which, long value)
{
	__u64 *word = bpf_map_lookup_elem(&answers, &which);

	if (word)
		*word = *word * 33 + value;
}

static __always_inline int export(const struct flow_key *key, const struct flow *f, enum reason reason)
{
	struct record *r = bpf_ringbuf_reserve(&records, sizeof(*r), 0);

	if (!r) {
		__sync_fetch_and_add(&lost, 1);
		return -1;
	}
	r->key = *key;
	r->first = f->first;
	r->last = f->last;
	r->packets = f->packets;
	r->bytes = f->bytes;
	r->flags = f->flags;
	r->reason = reason;
	bpf_ringbuf_submit(r, 0);
	return 0;
}

static int flow_is_idle(void *map, struct flow_key *key, struct flow *f)
{
	__u64 quiet = bpf_ktime_get_ns() - f->last;

	if (quiet < idle_time) {
		bpf_timer_start(&f->idle, idle_time - quiet, 0);
		return 0;
	}
	export(key, f, REASON_IDLE);
	bpf_map_delete_elem(map, key);
	return 0;
}

static long count_flow(void *map, struct flow_key *key, struct flow *f, __u64 *count)
{
	(*count)++;
	if (f->last - f->first > long_time && !f->exported) {
		export(key, f, REASON_LONG);
		f->exported = 1;
	}
	return 0;
}

static int beat(void *map, __u32 *key, struct beat *b)
{
	__u64 count = 0;

	bpf_for_each_map_elem(&flows, count_flow, &count, 0);
	b->flows = count;
	b->beats++;
	bpf_timer_start(&b->timer, 10 * SECOND, 0);
	return 0;
}

static __always_inline void begin_beat(void)
{
	__u32 zero = 0, one = 1;
	struct beat *b = bpf_map_lookup_elem(&beats, &zero), *other;

	if (!b || b->flows)
		return;
	b->flows = 1;
	answer(ANSWER_EARLY, bpf_timer_start(&b->timer, SECOND, 0));
	answer(ANSWER_EARLY, bpf_timer_cancel(&b->timer));
	answer(ANSWER_INIT, bpf_timer_init(&b->timer, &beats, CLOCK_MONOTONIC));
	answer(ANSWER_AGAIN, bpf_timer_init(&b->timer, &beats, CLOCK_MONOTONIC));
	answer(ANSWER_EARLY, bpf_timer_start(&b->timer, SECOND, 0));
	answer(ANSWER_CALLBACK, bpf_timer_set_callback(&b->timer, beat));
	answer(ANSWER_START, bpf_timer_start(&b->timer, 10 * SECOND, 0));
	answer(ANSWER_START, bpf_timer_start(&b->timer, 10 * SECOND, 64));
	other = bpf_map_lookup_elem(&beats, &one);
	if (!other)
		return;
	answer(ANSWER_INIT, bpf_timer_init(&other->timer, &beats, CLOCK_MONOTONIC));
	answer(ANSWER_CALLBACK, bpf_timer_set_callback(&other->timer, beat));
	answer(ANSWER_CANCEL, bpf_timer_cancel(&other->timer));
	answer(ANSWER_CALLBACK, bpf_timer_set_callback(&other->timer, beat));
	answer(ANSWER_START, bpf_timer_start(&other->timer, 100 * SECOND, 0));
	answer(ANSWER_CANCEL, bpf_timer_cancel(&other->timer));
	answer(ANSWER_START, bpf_timer_start(&other->timer, 100 * SECOND, 0));
}

static __always_inline int read_key(struct __sk_buff *skb, struct flow_key *key, __u8 *flags)
{
	__u32 at = ETH_HLEN;
	__be16 ports[2] = {};

	if (skb->protocol == bpf_htons(ETH_P_IP)) {
		struct iphdr ip;

		if (bpf_skb_load_bytes(skb, at, &ip, sizeof(ip)) || ip.ihl < 5)
			return -1;
		__builtin_memcpy(key->source, &ip.saddr, 4);
		__builtin_memcpy(key->target, &ip.daddr, 4);
		key->protocol = ip.protocol;
		key->family = 4;
		if (ip.frag_off & bpf_htons(0x1fff))
			return 0;
		at += ip.ihl * 4;
	} else if (skb->protocol == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr ip;

		if (bpf_skb_load_bytes(skb, at, &ip, sizeof(ip)))
			return -1;
		__builtin_memcpy(key->source, &ip.saddr, 16);
		__builtin_memcpy(key->target, &ip.daddr, 16);
		key->protocol = ip.nexthdr;
		key->family = 6;
		at += sizeof(ip);
	} else {
		return -1;
	}
	if (key->protocol != IPPROTO_TCP && key->protocol != IPPROTO_UDP)
		return 0;
	if (bpf_skb_load_bytes(skb, at, ports, sizeof(ports)))
		return 0;
	key->source_port = ports[0];
	key->target_port = ports[1];
	if (key->protocol == IPPROTO_TCP)
		bpf_skb_load_bytes(skb, at + 13, flags, 1);
	return 0;
}

static __always_inline struct flow *open(const struct flow_key *key, __u64 now)
{
	struct flow fresh = { .first = now }, *f;

	if (bpf_map_update_elem(&flows, key, &fresh, BPF_NOEXIST))
		return NULL;
	f = bpf_map_lookup_elem(&flows, key);
	if (!f)
		return NULL;
	answer(ANSWER_INIT, bpf_timer_init(&f->idle, &flows, CLOCK_MONOTONIC));
	bpf_timer_set_callback(&f->idle, flow_is_idle);
	answer(ANSWER_START, bpf_timer_start(&f->idle, idle_time, 0));
	return f;
}

SEC("tc")
int account(struct __sk_buff *skb)
{
	struct flow_key key = {};
	__u64 now = bpf_ktime_get_ns();
	struct flow *f;
	__u8 flags = 0;

	begin_beat();
	if (read_key(skb, &key, &flags))
		return TC_ACT_OK;
	f = bpf_map_lookup_elem(&flows, &key);
	if (!f)
		f = open(&key, now);
	if (!f) {
		__sync_fetch_and_add(&lost, 1);
		return TC_ACT_OK;
	}
	f->last = now;
	f->packets++;
	f->bytes += skb->len;
	f->flags |= flags;
	if (flags & 5) {
		answer(ANSWER_EXPORT, export(&key, f, REASON_END) + f->packets);
		answer(ANSWER_CANCEL, bpf_timer_cancel(&f->idle));
		bpf_map_delete_elem(&flows, &key);
	}
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
