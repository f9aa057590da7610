// A walk along the extension headers of IPv6 at TC: order, lengths and options are checked as RFC 8200 asks, and what a packet
// carries is counted.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <linux/icmpv6.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#define MOST_HEADERS 8
#define MOST_OPTIONS 16

#define NEXT_MOBILITY 135
#define NEXT_HIP 139
#define NEXT_SHIM6 140
#define NEXT_ICMPV6 58

enum finding {
	FINDING_GOOD,
	FINDING_SHORT,
	FINDING_ORDER,
	FINDING_TWICE,
	FINDING_OPTION,
	FINDING_ROUTING,
	FINDING_TOO_MANY,
	FINDING_ATOMIC_FRAGMENT,
	FINDING_TINY_FRAGMENT,
	FINDING_UNKNOWN,
	FINDINGS,
};

struct extension {
	__u8 next;
	__u8 length;
};

struct fragment {
	__u8 next;
	__u8 reserved;
	__be16 offset_flags;
	__be32 id;
};

struct routing {
	__u8 next;
	__u8 length;
	__u8 type;
	__u8 left;
};

struct walk {
	__u32 offset;
	__u32 seen;
	__u8 next;
	__u8 done;
	__u8 finding;
	__u8 headers;
	__u8 later_fragment;
};

struct shape {
	__u64 packets;
	__u64 bytes;
	__u64 options;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, FINDINGS);
	__type(key, __u32);
	__type(value, __u64);
} findings SEC(".maps");

/* By the set of headers that a packet has. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __u32);
	__type(value, struct shape);
} shapes SEC(".maps");

__u64 router_alerts;
__u64 jumbograms;

static __always_inline int rank(__u8 next)
{
	switch (next) {
	case IPPROTO_HOPOPTS:
		return 0;
	case IPPROTO_DSTOPTS:
		return 1;
	case IPPROTO_ROUTING:
		return 2;
	case IPPROTO_FRAGMENT:
		return 3;
	case IPPROTO_AH:
		return 4;
	case NEXT_MOBILITY:
		return 5;
	case NEXT_HIP ... NEXT_SHIM6:
		return 6;
	default:
		return -1;
	}
}

struct options {
	struct __sk_buff *skb;
	__u32 at, end;
	int bad;
};

static int one_option(__u32 i, struct options *o)
{
	struct extension option = {};

	if (o->at >= o->end)
		return 1;
	if (bpf_skb_load_bytes(o->skb, o->at, &option, 1)) {
		o->bad = 1;
		return 1;
	}
	if (option.next == 0) {
		o->at++;
		return 0;
	}
	if (bpf_skb_load_bytes(o->skb, o->at, &option, sizeof(option)) || o->at + 2 + option.length > o->end) {
		o->bad = 1;
		return 1;
	}
	if (option.next == 5)
		__sync_fetch_and_add(&router_alerts, 1);
	else if (option.next == 0xc2)
		__sync_fetch_and_add(&jumbograms, 1);
	else if (option.next != 1 && (option.next & 0xc0)) {
		o->bad = 1;
		return 1;
	}
	o->at += 2 + option.length;
	return 0;
}

/* Options of a hop-by-hop or destination header: 0 when all are understood or may be skipped. */
static __noinline int check_options(struct __sk_buff *skb, __u32 offset, __u32 length)
{
	struct options o = { .skb = skb, .at = offset, .end = offset + length };

	bpf_loop(MOST_OPTIONS, one_option, &o, 0);
	return o.bad || o.at < o.end ? -1 : 0;
}

static __always_inline int stop(struct walk *w, enum finding finding)
{
	w->finding = finding;
	w->done = 1;
	return 0;
}

static __always_inline int step_fragment(struct __sk_buff *skb, struct walk *w)
{
	struct fragment f;
	__u16 offset;

	if (bpf_skb_load_bytes(skb, w->offset, &f, sizeof(f)))
		return stop(w, FINDING_SHORT);
	offset = bpf_ntohs(f.offset_flags) & 0xfff8;
	if (!f.offset_flags)
		return stop(w, FINDING_ATOMIC_FRAGMENT);
	if ((bpf_ntohs(f.offset_flags) & 1) && skb->len - w->offset < 128 && !offset)
		return stop(w, FINDING_TINY_FRAGMENT);
	w->next = f.next;
	w->offset += sizeof(f);
	if (offset) {
		w->later_fragment = 1;
		return stop(w, FINDING_GOOD);
	}
	return 1;
}

static __always_inline int step_routing(struct __sk_buff *skb, struct walk *w)
{
	struct routing r;

	if (bpf_skb_load_bytes(skb, w->offset, &r, sizeof(r)))
		return stop(w, FINDING_SHORT);
	/* Type 0 is deprecated by RFC 5095; it is ignored only when no segments are left. */
	if (r.type == 0 && r.left)
		return stop(w, FINDING_ROUTING);
	if (r.left > 64)
		return stop(w, FINDING_ROUTING);
	w->next = r.next;
	w->offset += (r.length + 1) * 8;
	return 1;
}

static __always_inline int step_options(struct __sk_buff *skb, struct walk *w)
{
	struct extension e;
	__u32 length;

	if (bpf_skb_load_bytes(skb, w->offset, &e, sizeof(e)))
		return stop(w, FINDING_SHORT);
	length = (e.length + 1) * 8;
	if (check_options(skb, w->offset + 2, length - 2) < 0)
		return stop(w, FINDING_OPTION);
	w->next = e.next;
	w->offset += length;
	return 1;
}

/* 1: another header may follow. */
static __always_inline int step(struct __sk_buff *skb, struct walk *w)
{
	int order = rank(w->next);
	struct extension e;

	if (order < 0) {
		switch (w->next) {
		case IPPROTO_TCP:
		case IPPROTO_UDP:
		case NEXT_ICMPV6:
		case IPPROTO_NONE:
		case IPPROTO_ESP:
		case IPPROTO_IPV6:
		case IPPROTO_IPIP:
			return stop(w, FINDING_GOOD);
		}
		return stop(w, FINDING_UNKNOWN);
	}
	if (order == 0 && w->headers)
		return stop(w, FINDING_ORDER);
	if (w->seen >> order & 1 && w->next != IPPROTO_DSTOPTS)
		return stop(w, FINDING_TWICE);
	w->seen |= 1 << order;
	w->headers++;
	switch (w->next) {
	case IPPROTO_HOPOPTS:
	case IPPROTO_DSTOPTS:
		return step_options(skb, w);
	case IPPROTO_ROUTING:
		return step_routing(skb, w);
	case IPPROTO_FRAGMENT:
		return step_fragment(skb, w);
	}
	if (bpf_skb_load_bytes(skb, w->offset, &e, sizeof(e)))
		return stop(w, FINDING_SHORT);
	w->offset += w->next == IPPROTO_AH ? (e.length + 2) * 4 : (e.length + 1) * 8;
	w->next = e.next;
	return 1;
}

struct path {
	struct __sk_buff *skb;
	struct walk *walk;
};

static int one_header(__u32 i, struct path *p)
{
	return !step(p->skb, p->walk);
}

static __always_inline void tally(const struct walk *w, __u32 length)
{
	__u32 key = w->seen | (__u32)w->next << 8 | (__u32)w->later_fragment << 16;
	struct shape *s = bpf_map_lookup_elem(&shapes, &key);

	if (s) {
		s->packets++;
		s->bytes += length;
		s->options += w->headers;
	} else {
		struct shape fresh = { 1, length, w->headers };

		bpf_map_update_elem(&shapes, &key, &fresh, BPF_ANY);
	}
}

SEC("tc")
int walk_ipv6(struct __sk_buff *skb)
{
	struct ipv6hdr ip;
	struct walk w = { .offset = ETH_HLEN + sizeof(ip) };
	struct path path = { skb, &w };
	__u32 key;
	__u64 *n;

	if (skb->protocol != bpf_htons(ETH_P_IPV6))
		return TC_ACT_UNSPEC;
	if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof(ip)))
		return TC_ACT_SHOT;
	w.next = ip.nexthdr;
	bpf_loop(MOST_HEADERS, one_header, &path, 0);
	if (!w.done)
		w.finding = FINDING_TOO_MANY;
	key = w.finding;
	n = bpf_map_lookup_elem(&findings, &key);
	if (n)
		++*n;
	if (w.finding != FINDING_GOOD && w.finding != FINDING_UNKNOWN)
		return TC_ACT_SHOT;
	tally(&w, skb->len);
	skb->mark = w.next;
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
