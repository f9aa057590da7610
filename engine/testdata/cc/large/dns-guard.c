// A guard before a DNS server at XDP: parses questions label by label, refuses what is malformed or blocked, answers ANY with a
// truncated reply so that the client comes back over TCP, and limits each source.
// differs: sources
#include "wire.h"
#include "sums.h"
#include "mixing.h"

#define DNS_PORT 53
#define MOST_LABELS 12
#define MOST_NAME 128
#define QUERY_TYPES 256

enum outcome {
	OUTCOME_PASS,
	OUTCOME_MALFORMED,
	OUTCOME_BLOCKED,
	OUTCOME_LIMITED,
	OUTCOME_TRUNCATED,
	OUTCOME_RESPONSE,
	OUTCOME_COUNT,
};

struct dns_header {
	__be16 id;
#if defined(__LITTLE_ENDIAN_BITFIELD) || __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	__u8 rd : 1, tc : 1, aa : 1, opcode : 4, qr : 1;
	__u8 rcode : 4, cd : 1, ad : 1, z : 1, ra : 1;
#else
	__u8 qr : 1, opcode : 4, aa : 1, tc : 1, rd : 1;
	__u8 ra : 1, z : 1, ad : 1, cd : 1, rcode : 4;
#endif
	__be16 questions, answers, authorities, additional;
};

struct question {
	__u16 type, class;
	__u16 length;
	__u16 labels;
	/* A hash of the name in lower case, and of each of its suffixes. */
	__u32 hash[MOST_LABELS];
};

struct source {
	__u64 window;
	__u32 queries;
	__u32 refused;
};

const volatile __u64 window_length = 3600000000000ull;
const volatile __u32 queries_a_window = 12;
const volatile __u32 blocked_hash = 0x3d2d1c05;

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct in6_addr);
	__type(value, struct source);
} sources SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u32);
} names SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, OUTCOME_COUNT);
	__type(key, __u32);
	__type(value, __u64);
} outcomes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, QUERY_TYPES);
	__type(key, __u32);
	__type(value, __u64);
} types SEC(".maps");

static __always_inline int done(__u32 outcome, int action)
{
	__u64 *n = bpf_map_lookup_elem(&outcomes, &outcome);

	if (n)
		(*n)++;
	return action;
}

static __always_inline __u8 lower(__u8 c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

struct reading {
	struct xdp_md *ctx;
	struct question *q;
	__u32 start;
	__u32 left;
	__u32 hash;
	__u32 labels;
	int result;
};

/* One byte of the name; 1 ends the loop. */
static int read_letter(__u32 i, struct reading *r)
{
	__u8 byte;

	if (bpf_xdp_load_bytes(r->ctx, r->start + i, &byte, 1))
		return 1;
	if (r->left == 0) {
		if (byte == 0) {
			r->result = i + 1;
			return 1;
		}
		/* Pointers have no place in a question, longer labels no place at all. */
		if ((byte & 0xc0) || r->labels >= MOST_LABELS)
			return 1;
		r->left = byte;
		r->labels++;
		r->hash = mix_word(r->hash, byte);
		return 0;
	}
	r->left--;
	byte = lower(byte);
	if (byte < '-' || byte > 'z')
		return 1;
	r->hash = (r->hash ^ byte) * 16777619;
	if (r->left == 0)
		r->q->hash[(r->labels - 1) & 7] = r->hash;
	return 0;
}

/* 0 when the name ends well; the question's type and class follow it. */
static __always_inline int read_name(struct xdp_md *ctx, __u32 start, struct question *q)
{
	struct reading r = { .ctx = ctx, .q = q, .start = start, .result = -1 };

	bpf_loop(MOST_NAME, read_letter, &r, 0);
	if (r.result < 0)
		return -1;
	q->length = r.result;
	q->labels = r.labels;
	return 0;
}

static __always_inline int is_blocked(const struct question *q)
{
#pragma unroll
	for (int i = 0; i < 8; i++) {
		__u32 key = q->hash[i];

		if (i < q->labels && key && bpf_map_lookup_elem(&names, &key))
			return 1;
	}
	return q->hash[0] == blocked_hash;
}

static __always_inline int over_limit(const struct in6_addr *who)
{
	__u64 now = bpf_ktime_get_ns();
	struct source *s = bpf_map_lookup_elem(&sources, who);

	if (!s) {
		struct source fresh = { .window = now, .queries = 1 };

		bpf_map_update_elem(&sources, who, &fresh, BPF_ANY);
		return 0;
	}
	if (now - s->window > window_length) {
		s->window = now;
		s->queries = 0;
	}
	if (s->queries >= queries_a_window) {
		s->refused++;
		return 1;
	}
	s->queries++;
	return 0;
}

static __always_inline void swap_ports(struct udphdr *udp)
{
	__be16 port = udp->source;

	udp->source = udp->dest;
	udp->dest = port;
	udp->check = 0;
}

static __always_inline int truncate(struct ethhdr *eth, struct iphdr *ip, struct udphdr *udp, struct dns_header *dns)
{
	__u8 mac[ETH_ALEN];
	__be32 address = ip->saddr;

	__builtin_memcpy(mac, eth->h_dest, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, eth->h_source, ETH_ALEN);
	__builtin_memcpy(eth->h_source, mac, ETH_ALEN);
	ip->saddr = ip->daddr;
	ip->daddr = address;
	swap_ports(udp);
	dns->qr = 1;
	dns->tc = 1;
	dns->ra = 0;
	dns->rcode = 0;
	return XDP_TX;
}

SEC("xdp")
int dns_guard(struct xdp_md *ctx)
{
	struct wire w = { (void *)(long)ctx->data, (void *)(long)ctx->data_end };
	struct in6_addr who = {};
	struct question q = {};
	struct ethhdr *eth;
	struct iphdr *ip = NULL;
	struct ipv6hdr *ip6;
	struct udphdr *udp;
	struct dns_header *dns;
	__u16 vlan;
	__u8 bytes[4];
	__u32 type, start;
	__be16 proto = wire_ethernet(&w, &eth, &vlan);

	if (proto == bpf_htons(ETH_P_IP)) {
		if (!wire_ipv4(&w, &ip))
			return done(OUTCOME_MALFORMED, XDP_DROP);
		if (ip->protocol != IPPROTO_UDP || is_fragment(ip))
			return XDP_PASS;
		who.s6_addr32[2] = bpf_htonl(0xffff);
		who.s6_addr32[3] = ip->saddr;
	} else if (proto == bpf_htons(ETH_P_IPV6)) {
		if (!WIRE_TAKE(&w, ip6))
			return done(OUTCOME_MALFORMED, XDP_DROP);
		if (ip6->nexthdr != IPPROTO_UDP)
			return XDP_PASS;
		who = ip6->saddr;
	} else {
		return XDP_PASS;
	}
	if (!WIRE_TAKE(&w, udp))
		return done(OUTCOME_MALFORMED, XDP_DROP);
	if (udp->dest != bpf_htons(DNS_PORT) && udp->source != bpf_htons(DNS_PORT))
		return XDP_PASS;
	if (!WIRE_TAKE(&w, dns))
		return done(OUTCOME_MALFORMED, XDP_DROP);
	if (dns->qr)
		return done(OUTCOME_RESPONSE, XDP_PASS);
	if (dns->opcode || dns->questions != bpf_htons(1) || dns->answers)
		return done(OUTCOME_MALFORMED, XDP_DROP);
	start = w.at - (void *)eth;
	if (read_name(ctx, start, &q))
		return done(OUTCOME_MALFORMED, XDP_DROP);
	if (bpf_xdp_load_bytes(ctx, start + q.length, bytes, sizeof(bytes)))
		return done(OUTCOME_MALFORMED, XDP_DROP);
	type = bytes[0] << 8 | bytes[1];
	if (type < QUERY_TYPES) {
		__u64 *n = bpf_map_lookup_elem(&types, &type);

		if (n)
			(*n)++;
	}
	if (is_blocked(&q))
		return done(OUTCOME_BLOCKED, XDP_DROP);
	if (over_limit(&who))
		return done(OUTCOME_LIMITED, XDP_DROP);
	if (type == 255 && ip)
		return done(OUTCOME_TRUNCATED, truncate(eth, ip, udp, dns));
	return done(OUTCOME_PASS, XDP_PASS);
}

char _license[] SEC("license") = "GPL";
