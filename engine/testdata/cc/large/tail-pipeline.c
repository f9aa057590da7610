// A pipeline of tail calls at XDP: classify, count, police, rewrite, send; each stage hands what it knows on in the packet's metadata.
// differs: policers
#include "wire.h"
#include "mixing.h"

enum stage { STAGE_COUNT, STAGE_POLICE, STAGE_MARK, STAGE_SEND, STAGE_DROP, STAGES };

struct hand_over {
	__u32 hash;
	__u16 network;
	__u16 transport;
	__u8 protocol;
	__u8 class;
	__u8 stages;
	__u8 family;
	__u32 length;
};

struct policer {
	__u64 tokens;
	__u64 last;
	__u64 dropped;
};

int count_stage(struct xdp_md *ctx);
int police_stage(struct xdp_md *ctx);
int mark_stage(struct xdp_md *ctx);
int send_stage(struct xdp_md *ctx);
int drop_stage(struct xdp_md *ctx);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, STAGES + 2);
	__uint(key_size, sizeof(__u32));
	__array(values, int(struct xdp_md *));
} stages SEC(".maps") = {
	.values = {
		[STAGE_COUNT] = &count_stage,
		[STAGE_POLICE] = &police_stage,
		[STAGE_MARK] = &mark_stage,
		[STAGE_SEND] = &send_stage,
		[STAGE_DROP] = &drop_stage,
	},
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} by_class SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, struct policer);
} policers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, STAGES);
	__type(key, __u32);
	__type(value, __u64);
} passed SEC(".maps");

static __always_inline struct hand_over *handed(struct xdp_md *ctx)
{
	struct hand_over *h = (void *)(long)ctx->data_meta;

	return (void *)(h + 1) > (void *)(long)ctx->data ? NULL : h;
}

static __always_inline void pass(__u32 stage)
{
	__u64 *n = bpf_map_lookup_elem(&passed, &stage);

	if (n)
		__sync_fetch_and_add(n, 1);
}

SEC("xdp")
int count_stage(struct xdp_md *ctx)
{
	struct hand_over *h = handed(ctx);
	__u64 *n, one = 1;
	__u32 key;

	if (!h)
		return XDP_ABORTED;
	pass(STAGE_COUNT);
	h->stages |= 1 << STAGE_COUNT;
	key = (__u32)h->class << 8 | h->protocol;
	n = bpf_map_lookup_elem(&by_class, &key);
	if (n)
		*n += 1;
	else
		bpf_map_update_elem(&by_class, &key, &one, BPF_ANY);
	bpf_tail_call(ctx, &stages, h->class >= 6 ? STAGE_DROP : STAGE_POLICE);
	return XDP_PASS;
}

SEC("xdp")
int police_stage(struct xdp_md *ctx)
{
	struct hand_over *h = handed(ctx);
	struct policer *p;
	__u32 key;
	__u64 now, earned;

	if (!h)
		return XDP_ABORTED;
	pass(STAGE_POLICE);
	h->stages |= 1 << STAGE_POLICE;
	key = h->class & 7;
	p = bpf_map_lookup_elem(&policers, &key);
	if (!p)
		return XDP_ABORTED;
	now = bpf_ktime_get_ns();
	if (!p->last) {
		p->last = now;
		p->tokens = 3000 * (key + 1);
	}
	/* A byte a second: nothing comes in during a short run. */
	earned = (now - p->last) / 1000000000;
	if (earned) {
		p->tokens += earned;
		p->last = now;
	}
	if (p->tokens < h->length) {
		p->dropped++;
		bpf_tail_call(ctx, &stages, STAGE_DROP);
		return XDP_DROP;
	}
	p->tokens -= h->length;
	bpf_tail_call(ctx, &stages, STAGE_MARK);
	return XDP_PASS;
}

SEC("xdp")
int mark_stage(struct xdp_md *ctx)
{
	struct hand_over *h = handed(ctx);
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	__u32 at;

	if (!h)
		return XDP_ABORTED;
	pass(STAGE_MARK);
	h->stages |= 1 << STAGE_MARK;
	at = h->network;
	if (h->family == 4 && at < 64) {
		struct iphdr *ip = data + at;
		__u32 sum;
		__u8 tos;

		if ((void *)(ip + 1) > end)
			return XDP_ABORTED;
		tos = (h->class << 5) | (ip->tos & 3);
		sum = (__u16)~ip->check + (__u16)~bpf_htons(ip->tos) + bpf_htons(tos);
		sum = (sum & 0xffff) + (sum >> 16);
		sum = (sum & 0xffff) + (sum >> 16);
		ip->check = ~sum;
		ip->tos = tos;
	}
	bpf_tail_call(ctx, &stages, STAGE_SEND);
	return XDP_PASS;
}

SEC("xdp")
int send_stage(struct xdp_md *ctx)
{
	struct hand_over *h = handed(ctx);
	struct ethhdr *eth = (void *)(long)ctx->data;

	if (!h || (void *)(eth + 1) > (void *)(long)ctx->data_end)
		return XDP_ABORTED;
	pass(STAGE_SEND);
	eth->h_source[5] = h->stages;
	eth->h_source[4] = h->hash;
	return h->hash & 1 ? XDP_TX : XDP_PASS;
}

SEC("xdp")
int drop_stage(struct xdp_md *ctx)
{
	pass(STAGE_DROP);
	return XDP_DROP;
}

static __always_inline int classify(struct xdp_md *ctx, struct hand_over *h)
{
	struct wire w = { (void *)(long)ctx->data, (void *)(long)ctx->data_end };
	struct ethhdr *eth;
	struct iphdr *ip;
	struct ipv6hdr *ip6;
	__be16 *ports;
	__u16 vlan;
	__u32 words[4] = {};
	__be16 type = wire_ethernet(&w, &eth, &vlan);

	h->length = w.end - (void *)(long)ctx->data;
	h->network = w.at - (void *)(long)ctx->data;
	if (type == bpf_htons(ETH_P_IP)) {
		if (!wire_ipv4(&w, &ip))
			return 7;
		h->family = 4;
		h->protocol = ip->protocol;
		words[0] = ip->saddr;
		words[1] = ip->daddr;
		if (is_later_fragment(ip))
			return 1;
	} else if (type == bpf_htons(ETH_P_IPV6)) {
		if (!WIRE_TAKE(&w, ip6))
			return 7;
		h->family = 6;
		h->protocol = ip6->nexthdr;
		words[0] = ip6->saddr.s6_addr32[3];
		words[1] = ip6->daddr.s6_addr32[3];
	} else {
		return vlan ? 2 : 0;
	}
	h->transport = w.at - (void *)(long)ctx->data;
	if (h->protocol == IPPROTO_TCP || h->protocol == IPPROTO_UDP) {
		ports = w.at;
		if ((void *)(ports + 2) > w.end)
			return 6;
		words[2] = ports[0];
		words[3] = ports[1];
	}
	h->hash = mix_words(words, 4, vlan);
	switch (bpf_ntohs(words[3])) {
	case 53:
		return 5;
	case 22:
	case 443:
		return 4;
	case 1 ... 21:
	case 23 ... 52:
		return 3;
	}
	return 1;
}

SEC("xdp")
int classify_stage(struct xdp_md *ctx)
{
	struct hand_over h = {};
	struct hand_over *meta;

	h.class = classify(ctx, &h);
	if (bpf_xdp_adjust_meta(ctx, -(int)sizeof(*meta)))
		return XDP_ABORTED;
	meta = handed(ctx);
	if (!meta)
		return XDP_ABORTED;
	*meta = h;
	bpf_tail_call(ctx, &stages, STAGE_COUNT);
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
