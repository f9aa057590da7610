// A clamp on TCP's maximum segment size at TC: options are walked by bpf_loop, a size or window scale that is too large is lowered,
// timestamps become no-operations. Bytes at odd offsets show why checksums are mended word by word.
// Try: change `most_v4` and see how many packets are clamped in `tallies`.

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <stddef.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#define OPTIONS 40
#define STEPS 20

enum option_kind { OPT_END, OPT_NOP, OPT_MSS, OPT_SCALE, OPT_SACK_OK, OPT_SACK, OPT_TIME = 8, OPT_FASTOPEN = 34 };

enum tally { SEEN, CLAMPED, ABSENT, MALFORMED, SCALED, STRIPPED, TALLIES };

const volatile __u16 most_v4 = 1360;
const volatile __u16 most_v6 = 1340;
const volatile __u8 most_scale = 7;
const volatile _Bool strip_times = 1;

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, TALLIES);
	__type(key, __u32);
	__type(value, __u64);
} tallies SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 512);
	__type(key, __u16);
	__type(value, __u64);
} sizes SEC(".maps");

/* Where the options of interest stand, from the start of the packet; 0: not there. */
struct found {
	__u32 mss, scale, time;
	__u16 mss_value;
	__u8 scale_value;
	__u8 bad;
};

struct scan {
	__u8 bytes[OPTIONS + 24];
	__u32 length;
	__u32 at;
	__u32 base;
	struct found found;
};

static __always_inline void add(__u32 which)
{
	__u64 *n = bpf_map_lookup_elem(&tallies, &which);

	if (n)
		(*n)++;
}

static int one_option(__u32 turn, struct scan *s)
{
	__u32 at = s->at;
	__u8 kind, size;

	if (at >= s->length || at >= OPTIONS)
		return 1;
	kind = s->bytes[at];
	if (kind == OPT_END)
		return 1;
	if (kind == OPT_NOP) {
		s->at = at + 1;
		return 0;
	}
	size = s->bytes[at + 1];
	if (size < 2 || at + size > s->length) {
		s->found.bad = 1;
		return 1;
	}
	switch (kind) {
	case OPT_MSS:
		if (size != 4)
			break;
		s->found.mss = s->base + at;
		s->found.mss_value = s->bytes[at + 2] << 8 | s->bytes[at + 3];
		break;
	case OPT_SCALE:
		if (size != 3)
			break;
		s->found.scale = s->base + at;
		s->found.scale_value = s->bytes[at + 2];
		break;
	case OPT_TIME:
		if (size == 10)
			s->found.time = s->base + at;
		break;
	}
	s->at = at + size;
	return 0;
}

static __noinline int scan_options(struct __sk_buff *skb, __u32 base, __u32 length, struct found *found)
{
	struct scan s = { .base = base, .length = length };

	if (!found || length < 1 || length > OPTIONS)
		return -1;
	if (bpf_skb_load_bytes(skb, base, s.bytes, length))
		return -1;
	bpf_loop(STEPS, one_option, &s, 0);
	*found = s.found;
	return s.found.bad ? -1 : 0;
}

/* Bytes at an even or odd offset count differently in the sum: words are replaced whole. */
static __always_inline int replace_byte(struct __sk_buff *skb, __u32 tcp, __u32 at, __u8 value)
{
	__u32 word_at = tcp + ((at - tcp) & ~1u);
	__u8 word[2];
	__u16 from, to;

	if (bpf_skb_load_bytes(skb, word_at, word, 2))
		return -1;
	__builtin_memcpy(&from, word, 2);
	if ((at - tcp) & 1)
		word[1] = value;
	else
		word[0] = value;
	__builtin_memcpy(&to, word, 2);
	if (from == to)
		return 0;
	if (bpf_l4_csum_replace(skb, tcp + offsetof(struct tcphdr, check), from, to, 2))
		return -1;
	return bpf_skb_store_bytes(skb, word_at, &to, 2, 0);
}

static __always_inline int clamp(struct __sk_buff *skb, __u32 tcp, const struct found *f, __u16 most)
{
	__u16 seen = f->mss_value;
	__u64 one = 1, *n = bpf_map_lookup_elem(&sizes, &seen);

	if (n)
		__sync_fetch_and_add(n, 1);
	else
		bpf_map_update_elem(&sizes, &seen, &one, BPF_ANY);
	if (f->mss_value <= most)
		return 0;
	add(CLAMPED);
	if (replace_byte(skb, tcp, f->mss + 2, most >> 8))
		return -1;
	return replace_byte(skb, tcp, f->mss + 3, most & 0xff);
}

static __always_inline int process(struct __sk_buff *skb, __u32 tcp, __u16 most)
{
	struct tcphdr header;
	struct found found = {};
	__u32 length;

	if (bpf_skb_load_bytes(skb, tcp, &header, sizeof(header)))
		return TC_ACT_SHOT;
	if (!header.syn)
		return TC_ACT_OK;
	add(SEEN);
	if (header.doff < 5) {
		add(MALFORMED);
		return TC_ACT_SHOT;
	}
	length = header.doff * 4 - sizeof(header);
	if (length == 0) {
		add(ABSENT);
		return TC_ACT_OK;
	}
	if (scan_options(skb, tcp + sizeof(header), length, &found)) {
		add(MALFORMED);
		return TC_ACT_SHOT;
	}
	if (!found.mss)
		add(ABSENT);
	else if (clamp(skb, tcp, &found, most))
		return TC_ACT_SHOT;
	if (found.scale && found.scale_value > most_scale) {
		add(SCALED);
		if (replace_byte(skb, tcp, found.scale + 2, most_scale))
			return TC_ACT_SHOT;
	}
	if (found.time && strip_times) {
		add(STRIPPED);
#pragma unroll
		for (int i = 0; i < 10; i++)
			if (replace_byte(skb, tcp, found.time + i, OPT_NOP))
				return TC_ACT_SHOT;
	}
	return TC_ACT_OK;
}

SEC("tc")
int clamp_mss(struct __sk_buff *skb)
{
	if (skb->protocol == bpf_htons(ETH_P_IP)) {
		struct iphdr ip;

		if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof(ip)) || ip.ihl < 5)
			return TC_ACT_SHOT;
		if (ip.protocol != IPPROTO_TCP || ip.frag_off & bpf_htons(0x1fff))
			return TC_ACT_OK;
		return process(skb, ETH_HLEN + ip.ihl * 4, most_v4);
	}
	if (skb->protocol == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr ip;

		if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof(ip)))
			return TC_ACT_SHOT;
		if (ip.nexthdr != IPPROTO_TCP)
			return TC_ACT_OK;
		return process(skb, ETH_HLEN + sizeof(ip), most_v6);
	}
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
