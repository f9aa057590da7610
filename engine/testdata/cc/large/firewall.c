// A stateful firewall at XDP: prefixes, ports, flows that were seen to open, a budget for each source, counters for each rule.
// fill prefixes4 080000000a000000 = 0100000001000000
// fill prefixes4 20000000c0a80101 = 0200000002000000
// fill prefixes4 18000000c0000200 = 0300000000000000
// fill prefixes6 2000000020010db8000000000000000000000000 = 0400000001000000
// fill ports 00000000 = 0000000000000000
// fill ports 01000000 = 0000008000000000
// differs: budgets flows
#include "wire.h"
#include "mixing.h"

enum verdict { DENY, ALLOW, INSPECT };

enum reason {
	REASON_SHORT,
	REASON_NOT_IP,
	REASON_FRAGMENT,
	REASON_BAD_FLAGS,
	REASON_PREFIX,
	REASON_FLOW,
	REASON_PORT,
	REASON_BUDGET,
	REASON_DEFAULT,
	REASON_ICMP,
	REASON_COUNT,
};

struct prefix4 {
	__u32 length;
	__be32 address;
};

struct prefix6 {
	__u32 length;
	struct in6_addr address;
};

struct rule {
	__u32 id;
	__u32 verdict;
};

struct flow_key {
	struct in6_addr low, high;
	__be16 low_port, high_port;
	__u8 protocol;
	__u8 pad[3];
};

struct flow {
	__u64 seen;
	__u32 packets;
	__u8 state;
	__u8 opener_is_low;
	__u8 pad[2];
};

enum flow_state { FLOW_OPENING = 1, FLOW_OPEN, FLOW_CLOSING };

struct budget {
	__u64 filled;
	__u64 tokens;
};

struct counter {
	__u64 packets;
	__u64 bytes;
};

#define SECOND 1000000000ull
#define PORT_WORDS 1024

const volatile __u64 tokens_per_second = 1;
const volatile __u64 most_tokens = 6;
const volatile __u64 flow_timeout = 300 * SECOND;
const volatile _Bool drop_fragments = 1;

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix4);
	__type(value, struct rule);
} prefixes4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix6);
	__type(value, struct rule);
} prefixes6 SEC(".maps");

/* A bit for each port that may be reached from outside. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, PORT_WORDS);
	__type(key, __u32);
	__type(value, __u64);
} ports SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct flow_key);
	__type(value, struct flow);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct in6_addr);
	__type(value, struct budget);
} budgets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, REASON_COUNT);
	__type(key, __u32);
	__type(value, struct counter);
} reasons SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct counter);
} rule_hits SEC(".maps");

struct packet {
	struct in6_addr source, target;
	__be16 source_port, target_port;
	__u8 protocol;
	__u8 flags;
	__u8 fragment;
	__u8 version;
	__u32 length;
};

static __always_inline void map_v4(struct in6_addr *to, __be32 address)
{
	to->s6_addr32[0] = 0;
	to->s6_addr32[1] = 0;
	to->s6_addr32[2] = bpf_htonl(0xffff);
	to->s6_addr32[3] = address;
}

static __always_inline int same_address(const struct in6_addr *a, const struct in6_addr *b)
{
	return !__builtin_memcmp(a, b, sizeof(*a));
}

static __always_inline int less(const struct in6_addr *a, const struct in6_addr *b)
{
#pragma unroll
	for (int i = 0; i < 4; i++)
		if (a->s6_addr32[i] != b->s6_addr32[i])
			return bpf_ntohl(a->s6_addr32[i]) < bpf_ntohl(b->s6_addr32[i]);
	return 0;
}

static __always_inline int finish(enum reason reason, const struct packet *p, int action)
{
	__u32 key = reason;
	struct counter *c = bpf_map_lookup_elem(&reasons, &key);

	if (c) {
		c->packets++;
		c->bytes += p->length;
	}
	return action;
}

static __always_inline void hit(__u32 id, const struct packet *p)
{
	struct counter *c = bpf_map_lookup_elem(&rule_hits, &id);
	struct counter first = { 1, p->length };

	if (c) {
		c->packets++;
		c->bytes += p->length;
	} else {
		bpf_map_update_elem(&rule_hits, &id, &first, BPF_NOEXIST);
	}
}

static __always_inline int read_ports(struct wire *w, struct packet *p)
{
	switch (p->protocol) {
	case IPPROTO_TCP: {
		struct tcphdr *tcp;

		if (!WIRE_TAKE(w, tcp) || tcp->doff < 5)
			return 0;
		p->source_port = tcp->source;
		p->target_port = tcp->dest;
		p->flags = ((__u8 *)tcp)[13];
		return 1;
	}
	case IPPROTO_UDP: {
		struct udphdr *udp;

		if (!WIRE_TAKE(w, udp))
			return 0;
		p->source_port = udp->source;
		p->target_port = udp->dest;
		return 1;
	}
	default:
		return 1;
	}
}

static __always_inline int read_packet(struct xdp_md *ctx, struct packet *p)
{
	struct wire w = { (void *)(long)ctx->data, (void *)(long)ctx->data_end };
	struct ethhdr *eth;
	__u16 vlan;
	__be16 type;

	p->length = w.end - w.at;
	type = wire_ethernet(&w, &eth, &vlan);
	if (type == bpf_htons(ETH_P_IP)) {
		struct iphdr *ip;

		if (!wire_ipv4(&w, &ip))
			return -REASON_SHORT - 1;
		p->version = 4;
		map_v4(&p->source, ip->saddr);
		map_v4(&p->target, ip->daddr);
		p->protocol = ip->protocol;
		if (is_fragment(ip))
			p->fragment = 1;
		if (is_later_fragment(ip))
			return 0;
	} else if (type == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr *ip;

		if (!WIRE_TAKE(&w, ip))
			return -REASON_SHORT - 1;
		p->version = 6;
		p->source = ip->saddr;
		p->target = ip->daddr;
		p->protocol = ip->nexthdr;
		if (ip->nexthdr == IPPROTO_FRAGMENT) {
			p->fragment = 1;
			return 0;
		}
	} else {
		return type ? -REASON_NOT_IP - 1 : -REASON_SHORT - 1;
	}
	return read_ports(&w, p) ? 0 : -REASON_SHORT - 1;
}

/* Flag combinations that no stack sends. */
static __always_inline int flags_are_odd(__u8 flags)
{
	const __u8 fin = 1, syn = 2, rst = 4, ack = 16;

	if ((flags & 0x3f) == 0)
		return 1;
	if ((flags & (syn | fin)) == (syn | fin) || (flags & (syn | rst)) == (syn | rst))
		return 1;
	return (flags & fin) && !(flags & ack);
}

static __always_inline const struct rule *rule_for(const struct packet *p)
{
	if (p->version == 4) {
		struct prefix4 key = { 32, p->source.s6_addr32[3] };

		return bpf_map_lookup_elem(&prefixes4, &key);
	}
	struct prefix6 key = { 128, p->source };

	return bpf_map_lookup_elem(&prefixes6, &key);
}

static __always_inline int port_is_open(__be16 port)
{
	__u16 number = bpf_ntohs(port);
	__u32 word = number / 64;
	__u64 *bits = bpf_map_lookup_elem(&ports, &word);

	return bits && (*bits >> (number % 64) & 1);
}

static __always_inline void key_of(const struct packet *p, struct flow_key *key, __u8 *source_is_low)
{
	int low = less(&p->source, &p->target);

	if (same_address(&p->source, &p->target))
		low = bpf_ntohs(p->source_port) < bpf_ntohs(p->target_port);
	__builtin_memset(key, 0, sizeof(*key));
	key->low = low ? p->source : p->target;
	key->high = low ? p->target : p->source;
	key->low_port = low ? p->source_port : p->target_port;
	key->high_port = low ? p->target_port : p->source_port;
	key->protocol = p->protocol;
	*source_is_low = low;
}

/* 1: the packet belongs to a flow that is open. */
static __always_inline int follow(const struct packet *p, const struct flow_key *key, __u8 low, __u64 now)
{
	struct flow *f = bpf_map_lookup_elem(&flows, key);

	if (!f)
		return 0;
	if (now - f->seen > flow_timeout) {
		bpf_map_delete_elem(&flows, key);
		return 0;
	}
	f->seen = now;
	f->packets++;
	if (p->protocol != IPPROTO_TCP)
		return 1;
	if (f->state == FLOW_OPENING && f->opener_is_low != low && (p->flags & 0x12) == 0x12)
		f->state = FLOW_OPEN;
	if (p->flags & 1)
		f->state = FLOW_CLOSING;
	if (p->flags & 4)
		bpf_map_delete_elem(&flows, key);
	return 1;
}

static __always_inline int within_budget(const struct packet *p, __u64 now)
{
	struct budget *b = bpf_map_lookup_elem(&budgets, &p->source);
	__u64 earned;

	if (!b) {
		struct budget fresh = { now, most_tokens - 1 };

		bpf_map_update_elem(&budgets, &p->source, &fresh, BPF_ANY);
		return 1;
	}
	earned = (now - b->filled) * tokens_per_second / SECOND;
	if (earned) {
		b->tokens = b->tokens + earned > most_tokens ? most_tokens : b->tokens + earned;
		b->filled = now;
	}
	if (!b->tokens)
		return 0;
	b->tokens--;
	return 1;
}

SEC("xdp")
int guard(struct xdp_md *ctx)
{
	struct packet p = {};
	const struct rule *rule;
	struct flow_key key;
	__u8 low;
	__u64 now = bpf_ktime_get_ns();
	int failed = read_packet(ctx, &p);

	if (failed)
		return finish(-failed - 1, &p, failed == -REASON_NOT_IP - 1 ? XDP_PASS : XDP_DROP);
	if (p.fragment && drop_fragments)
		return finish(REASON_FRAGMENT, &p, XDP_DROP);
	if (p.protocol == IPPROTO_TCP && flags_are_odd(p.flags))
		return finish(REASON_BAD_FLAGS, &p, XDP_DROP);
	if (p.protocol == IPPROTO_ICMP || p.protocol == IPPROTO_ICMPV6)
		return finish(REASON_ICMP, &p, within_budget(&p, now) ? XDP_PASS : XDP_DROP);
	rule = rule_for(&p);
	if (rule) {
		hit(rule->id, &p);
		if (rule->verdict == DENY)
			return finish(REASON_PREFIX, &p, XDP_DROP);
	}
	key_of(&p, &key, &low);
	if (follow(&p, &key, low, now))
		return finish(REASON_FLOW, &p, XDP_PASS);
	if (!rule || rule->verdict == INSPECT) {
		if (!port_is_open(p.target_port))
			return finish(REASON_PORT, &p, XDP_DROP);
		if (!within_budget(&p, now))
			return finish(REASON_BUDGET, &p, XDP_DROP);
	}
	if (p.protocol == IPPROTO_UDP || (p.flags & 0x12) == 2) {
		struct flow fresh = { .seen = now, .packets = 1, .state = FLOW_OPENING, .opener_is_low = low };

		bpf_map_update_elem(&flows, &key, &fresh, BPF_ANY);
	}
	return finish(REASON_DEFAULT, &p, XDP_PASS);
}

char _license[] SEC("license") = "GPL";
