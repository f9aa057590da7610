// Pacing at TC by earliest departure time: each aggregate has a rate, packets get the time at which they may leave; what would
// have to wait too long is marked or dropped.
// fill rates 00000000 = 809698000000000000e40b5402000000
// fill rates 01000000 = 03000000000000000010a5d4e8000000
// differs: aggregates
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/in.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#define SECOND 1000000000ull
#define CLASSES 4

struct rate {
	__u64 bytes_a_second;
	__u64 horizon;
};

struct aggregate {
	__u64 next;
	__u64 bytes;
	__u32 packets, marked;
	__u32 dropped, class;
};

enum { EDT_IDLE, EDT_DELAYED, EDT_MARKED, EDT_DROPPED, EDT_UNLIMITED, EDT_COUNT };

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, CLASSES);
	__type(key, __u32);
	__type(value, struct rate);
} rates SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, struct aggregate);
} aggregates SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, EDT_COUNT);
	__type(key, __u32);
	__type(value, __u64);
} results SEC(".maps");

const volatile __u32 default_class = 0;

static __always_inline int result(__u32 which, int action)
{
	__u64 *n = bpf_map_lookup_elem(&results, &which);

	if (n)
		*n += 1;
	return action;
}

static __always_inline __u32 source_of(struct __sk_buff *skb, __u8 *tos)
{
	void *data = (void *)(long)skb->data;
	void *end = (void *)(long)skb->data_end;

	if (skb->protocol == bpf_htons(ETH_P_IP)) {
		struct iphdr *ip = data + ETH_HLEN;

		if ((void *)(ip + 1) > end)
			return 0;
		*tos = ip->tos;
		return ip->saddr;
	}
	if (skb->protocol == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr *ip = data + ETH_HLEN;

		if ((void *)(ip + 1) > end)
			return 0;
		*tos = ip->priority << 4 | ip->flow_lbl[0] >> 4;
		return ip->saddr.s6_addr32[3] ^ ip->saddr.s6_addr32[0];
	}
	return 0;
}

/* Nanoseconds that a packet takes at a rate, without losing the low digits of large ones. */
static __always_inline __u64 duration(__u32 bytes, __u64 rate)
{
	__u64 whole = bytes * SECOND / rate;

	return whole ?: 1;
}

SEC("tc")
int pace(struct __sk_buff *skb)
{
	__u64 now = bpf_ktime_get_ns(), leave, horizon;
	struct aggregate *a, fresh = {};
	const struct rate *rate;
	__u8 tos = 0;
	__u32 key = source_of(skb, &tos), class = default_class;

	if (!key)
		return result(EDT_UNLIMITED, TC_ACT_OK);
	if (tos >> 2 == 46)
		class = 2;
	else if (bpf_ntohl(key) & 1)
		class = 1;
	rate = bpf_map_lookup_elem(&rates, &class);
	if (!rate || !rate->bytes_a_second)
		return result(EDT_UNLIMITED, TC_ACT_OK);
	a = bpf_map_lookup_elem(&aggregates, &key);
	if (!a) {
		fresh.class = class;
		fresh.next = now;
		bpf_map_update_elem(&aggregates, &key, &fresh, BPF_ANY);
		a = bpf_map_lookup_elem(&aggregates, &key);
		if (!a)
			return result(EDT_DROPPED, TC_ACT_SHOT);
	}
	a->packets++;
	a->bytes += skb->wire_len;
	leave = a->next > now ? a->next : now;
	horizon = now + rate->horizon;
	if (leave > horizon) {
		a->dropped++;
		return result(EDT_DROPPED, TC_ACT_SHOT);
	}
	a->next = leave + duration(skb->wire_len, rate->bytes_a_second);
	if (leave == now)
		return result(EDT_IDLE, TC_ACT_OK);
	if (leave - now > rate->horizon / 2) {
		a->marked++;
		if (bpf_skb_ecn_set_ce(skb) == 1)
			return result(EDT_MARKED, TC_ACT_OK);
	}
	skb->tstamp = leave;
	return result(EDT_DELAYED, TC_ACT_OK);
}

char _license[] SEC("license") = "GPL";
