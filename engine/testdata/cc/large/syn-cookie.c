// SYN cookies at XDP: a SYN is answered without any state, its parameters hidden in the sequence number; an ACK that brings a good
// cookie back opens the way for its flow.
// fill keys 00000000 = 000102030405060708090a0b0c0d0e0f
// fill ports bb01 = 01
// fill ports 5000 = 01
#include "wire.h"
#include "sums.h"
#include "mixing.h"

#define MINUTE 60000000000ull
#define COUNTER_BITS 5
#define MOST_OPTIONS 12

enum { SEEN_SYN, SENT_COOKIE, GOOD_COOKIE, BAD_COOKIE, KNOWN_FLOW, BAD_HEADER, COUNTERS };

struct flow {
	__be32 source, target;
	__be16 source_port, target_port;
};

struct options {
	__u16 mss;
	__u8 scale;
	__u8 sack;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sip_key);
} keys SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u16);
	__type(value, __u8);
} ports SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct flow);
	__type(value, __u32);
} verified SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, COUNTERS);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

/* Zero freezes the time of cookies, for tests. */
const volatile __u64 clock_rate = 0;

static const __u16 sizes[8] = { 216, 536, 800, 1220, 1300, 1400, 1440, 1460 };

static __always_inline void count(__u32 which)
{
	__u64 *n = bpf_map_lookup_elem(&counters, &which);

	if (n)
		*n += 1;
}

#define OPTION_ROOM 40

/* Options are copied out first: their length is known only at run time. */
static __always_inline int read_options(struct xdp_md *ctx, __u32 words, struct options *o)
{
	__u8 bytes[OPTION_ROOM + 24] = {};
	__u32 length = (words - 5) * 4, at = 0;

	if (!length)
		return 1;
	if (length > OPTION_ROOM)
		return 0;
	if (bpf_xdp_load_bytes(ctx, sizeof(struct ethhdr) + sizeof(struct iphdr) + sizeof(struct tcphdr), bytes, length))
		return 0;
	for (int i = 0; i < MOST_OPTIONS; i++) {
		__u8 kind, size;

		if (at >= length)
			return 1;
		if (at >= OPTION_ROOM)
			return 0;
		kind = bytes[at];
		if (kind == 0)
			return 1;
		if (kind == 1) {
			at++;
			continue;
		}
		size = bytes[at + 1];
		if (size < 2)
			return 0;
		if (kind == 2 && size == 4)
			o->mss = bytes[at + 2] << 8 | bytes[at + 3];
		else if (kind == 3 && size == 3)
			o->scale = bytes[at + 2] > 14 ? 14 : bytes[at + 2];
		else if (kind == 4)
			o->sack = 1;
		at += size;
	}
	return 1;
}

static __always_inline __u32 size_index(__u16 mss)
{
	__u32 best = 0;

#pragma unroll
	for (__u32 i = 1; i < 8; i++)
		if (mss >= sizes[i])
			best = i;
	return best;
}

static __always_inline __u32 minutes(void)
{
	if (!clock_rate)
		return 7;
	return bpf_ktime_get_ns() / clock_rate;
}

/*   31      29      24                0
 *   | size  | minute |  24 bits of hash |
 */
static __always_inline __u32 cookie(const struct flow *f, __u32 sequence, __u32 minute, __u32 size,
				    const struct sip_key *key)
{
	__u64 words[3] = {
		(__u64)f->source << 32 | f->target,
		(__u64)f->source_port << 48 | (__u64)f->target_port << 32 | sequence,
		(__u64)minute << 8 | size,
	};
	__u32 hash = sip_words(words, 3, key);

	return size << 29 | (minute & ((1 << COUNTER_BITS) - 1)) << 24 | (hash & 0xffffff);
}

static __always_inline int is_good(const struct flow *f, __u32 sequence, __u32 got, const struct sip_key *key)
{
	__u32 now = minutes();

#pragma unroll
	for (__u32 age = 0; age < 2; age++) {
		__u32 minute = now - age;

		if (cookie(f, sequence, minute, got >> 29, key) == got)
			return 1;
	}
	return 0;
}

static __always_inline void swap_headers(struct ethhdr *eth, struct iphdr *ip, struct tcphdr *tcp)
{
	__u8 mac[ETH_ALEN];
	__be32 address = ip->saddr;
	__be16 port = tcp->source;

	__builtin_memcpy(mac, eth->h_dest, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, eth->h_source, ETH_ALEN);
	__builtin_memcpy(eth->h_source, mac, ETH_ALEN);
	ip->saddr = ip->daddr;
	ip->daddr = address;
	tcp->source = tcp->dest;
	tcp->dest = port;
}

static __always_inline __u16 tcp_sum(const struct iphdr *ip, const struct tcphdr *tcp, __u32 words)
{
	const __u16 *p = (const void *)tcp;
	__u64 sum = 0;

	sum += ip->saddr & 0xffff;
	sum += ip->saddr >> 16;
	sum += ip->daddr & 0xffff;
	sum += ip->daddr >> 16;
	sum += bpf_htons(IPPROTO_TCP);
	sum += bpf_htons(words * 2);
#pragma unroll
	for (int i = 0; i < 12; i++)
		if (i < words)
			sum += p[i];
	return ~sum_fold(sum);
}

static __always_inline int answer(struct xdp_md *ctx, __u32 mss_index, const struct sip_key *key)
{
	int grow = (int)(sizeof(struct ethhdr) + sizeof(struct iphdr) + sizeof(struct tcphdr) + 4) -
		   (int)(ctx->data_end - ctx->data);
	struct ethhdr *eth;
	struct iphdr *ip;
	struct tcphdr *tcp;
	struct flow f;
	__u8 *option;
	__u32 sequence;

	if (grow && bpf_xdp_adjust_tail(ctx, grow))
		return XDP_DROP;
	eth = (void *)(long)ctx->data;
	ip = (void *)(eth + 1);
	tcp = (void *)(ip + 1);
	option = (void *)(tcp + 1);
	if ((void *)(option + 4) > (void *)(long)ctx->data_end)
		return XDP_DROP;
	f = (struct flow){ ip->saddr, ip->daddr, tcp->source, tcp->dest };
	sequence = bpf_ntohl(tcp->seq);
	swap_headers(eth, ip, tcp);
	ip->tot_len = bpf_htons(sizeof(*ip) + sizeof(*tcp) + 4);
	ip->ttl = 64;
	ip->id = 0;
	ip->frag_off = bpf_htons(0x4000);
	ip->tos = 0;
	ip->check = 0;
	ip->check = sum_of_header(ip, 10);
	tcp->ack_seq = bpf_htonl(sequence + 1);
	tcp->seq = bpf_htonl(cookie(&f, sequence, minutes(), mss_index, key));
	((__u8 *)tcp)[12] = 6 << 4;
	((__u8 *)tcp)[13] = 0x12;
	tcp->window = bpf_htons(64240);
	tcp->urg_ptr = 0;
	option[0] = 2;
	option[1] = 4;
	option[2] = sizes[mss_index & 7] >> 8;
	option[3] = sizes[mss_index & 7];
	tcp->check = 0;
	tcp->check = tcp_sum(ip, tcp, 12);
	count(SENT_COOKIE);
	return XDP_TX;
}

SEC("xdp")
int syn_cookie(struct xdp_md *ctx)
{
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = (void *)(long)ctx->data;
	struct iphdr *ip = (void *)(eth + 1);
	struct tcphdr *tcp = (void *)(ip + 1);
	struct options options = { .mss = 536 };
	struct sip_key *key;
	struct flow f;
	__u32 zero = 0, one = 1;
	__u16 port;

	if ((void *)(tcp + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (ip->version != 4 || ip->ihl != 5 || ip->protocol != IPPROTO_TCP || is_fragment(ip))
		return XDP_PASS;
	if (tcp->doff < 5) {
		count(BAD_HEADER);
		return XDP_DROP;
	}
	port = bpf_ntohs(tcp->dest);
	if (!bpf_map_lookup_elem(&ports, &port))
		return XDP_PASS;
	key = bpf_map_lookup_elem(&keys, &zero);
	if (!key)
		return XDP_ABORTED;
	if (tcp->syn && !tcp->ack && !tcp->rst && !tcp->fin) {
		count(SEEN_SYN);
		if (!read_options(ctx, tcp->doff, &options)) {
			count(BAD_HEADER);
			return XDP_DROP;
		}
		return answer(ctx, size_index(options.mss), key);
	}
	f = (struct flow){ ip->saddr, ip->daddr, tcp->source, tcp->dest };
	if (bpf_map_lookup_elem(&verified, &f)) {
		count(KNOWN_FLOW);
		if (tcp->rst || tcp->fin)
			bpf_map_delete_elem(&verified, &f);
		return XDP_PASS;
	}
	if (!tcp->ack || tcp->rst)
		return XDP_DROP;
	if (!is_good(&f, bpf_ntohl(tcp->seq) - 1, bpf_ntohl(tcp->ack_seq) - 1, key)) {
		count(BAD_COOKIE);
		return XDP_DROP;
	}
	count(GOOD_COOKIE);
	bpf_map_update_elem(&verified, &f, &one, BPF_ANY);
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
