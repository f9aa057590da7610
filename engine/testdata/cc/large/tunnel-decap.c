// The end of tunnels at XDP: IP in IP, 6in4, GRE, VXLAN and Geneve lose their outer headers when their network is known; the inner
// packet goes on, its network and tunnel in the metadata before it.
// fill networks 000000002a000000 = 0100000000000000
// fill networks 000000000a000000 = 0200000000000000
// fill networks 040000004d000000 = 0300000000000000
// fill networks 0400000000000000 = 0300000000000000
// fill networks 0000000000000000 = 0400000000000000
// fill networks 0200000000000000 = 0500000000000000
#include "wire.h"

enum tunnel { TUNNEL_VXLAN, TUNNEL_IPIP, TUNNEL_GRE, TUNNEL_6IN4, TUNNEL_GENEVE, TUNNELS };

enum refusal { NOT_A_TUNNEL = 16, REFUSED_SHORT, REFUSED_FLAGS, REFUSED_CRITICAL, REFUSED_NETWORK, REFUSALS };

#define VXLAN_PORT 4789
#define GENEVE_PORT 6081
#define MOST_GENEVE_OPTIONS 8

struct network_key {
	__u32 tunnel;
	__u32 number;
};

struct network {
	__u32 id;
	__u32 flags;
};

struct vxlan_header {
	__u8 flags;
	__u8 reserved[3];
	__be32 vni;
};

struct geneve_header {
	__u8 option_words : 6, version : 2;
	__u8 reserved : 6, critical : 1, control : 1;
	__be16 protocol;
	__be32 vni;
};

struct geneve_option {
	__be16 class;
	__u8 type;
	__u8 words : 5, reserved : 3;
};

struct gre_header {
	__be16 flags;
	__be16 protocol;
};

struct metadata {
	__u32 network;
	__u32 tunnel;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct network_key);
	__type(value, struct network);
} networks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, REFUSALS);
	__type(key, __u32);
	__type(value, __u64);
} seen SEC(".maps");

/* What is to be taken off: `outer` bytes from the start, and whether an Ethernet header follows them. */
struct plan {
	__u32 tunnel;
	__u32 number;
	__u32 outer;
	__be16 type;
	__u16 has_link;
};

static __always_inline void note(__u32 which)
{
	__u64 *n = bpf_map_lookup_elem(&seen, &which);

	if (n)
		++*n;
}

static __always_inline int plan_gre(struct wire *w, struct plan *p)
{
	struct gre_header *gre;
	__be32 *word;

	if (!WIRE_TAKE(w, gre))
		return REFUSED_SHORT;
	/* Version 0 without routing. */
	if (gre->flags & bpf_htons(0x4007))
		return REFUSED_FLAGS;
	p->tunnel = TUNNEL_GRE;
	if (gre->flags & bpf_htons(0x8000) && !WIRE_TAKE(w, word))
		return REFUSED_SHORT;
	if (gre->flags & bpf_htons(0x2000)) {
		if (!WIRE_TAKE(w, word))
			return REFUSED_SHORT;
		p->number = bpf_ntohl(*word);
	}
	if (gre->flags & bpf_htons(0x1000) && !WIRE_TAKE(w, word))
		return REFUSED_SHORT;
	if (gre->protocol == bpf_htons(0x6558))
		p->has_link = 1;
	else if (gre->protocol != bpf_htons(ETH_P_IP) && gre->protocol != bpf_htons(ETH_P_IPV6))
		return REFUSED_FLAGS;
	p->type = gre->protocol;
	return 0;
}

static __always_inline int plan_vxlan(struct wire *w, struct plan *p)
{
	struct vxlan_header *vxlan;

	if (!WIRE_TAKE(w, vxlan))
		return REFUSED_SHORT;
	if (!(vxlan->flags & 0x08))
		return REFUSED_FLAGS;
	p->tunnel = TUNNEL_VXLAN;
	p->number = bpf_ntohl(vxlan->vni) >> 8;
	p->has_link = 1;
	return 0;
}

static __always_inline int plan_geneve(struct wire *w, struct plan *p)
{
	struct geneve_header *geneve;
	struct geneve_option *option;
	int left;

	if (!WIRE_TAKE(w, geneve))
		return REFUSED_SHORT;
	if (geneve->version || geneve->control)
		return REFUSED_FLAGS;
	p->tunnel = TUNNEL_GENEVE;
	p->number = bpf_ntohl(geneve->vni) >> 8;
	left = geneve->option_words;
	for (int i = 0; i < MOST_GENEVE_OPTIONS && left > 0; i++) {
		__u32 words;

		if (!WIRE_TAKE(w, option))
			return REFUSED_SHORT;
		words = option->words;
		/* A critical option that nobody here knows. */
		if (option->type & 0x80 && option->class != bpf_htons(0x0102))
			return REFUSED_CRITICAL;
		if (w->at + words * 4 > w->end)
			return REFUSED_SHORT;
		w->at += words * 4;
		left -= 1 + words;
	}
	if (left != 0)
		return REFUSED_SHORT;
	if (geneve->protocol == bpf_htons(0x6558))
		p->has_link = 1;
	p->type = geneve->protocol;
	return 0;
}

static __always_inline int plan_udp(struct wire *w, struct plan *p)
{
	struct udphdr *udp;

	if (!WIRE_TAKE(w, udp))
		return REFUSED_SHORT;
	switch (bpf_ntohs(udp->dest)) {
	case VXLAN_PORT:
		return plan_vxlan(w, p);
	case GENEVE_PORT:
		return plan_geneve(w, p);
	}
	return NOT_A_TUNNEL;
}

static __always_inline int plan_packet(struct wire *w, struct plan *p)
{
	struct ethhdr *eth;
	struct iphdr *ip;
	struct ipv6hdr *ip6;
	__u8 protocol;
	__u16 vlan;
	__be16 type = wire_ethernet(w, &eth, &vlan);

	if (type == bpf_htons(ETH_P_IP)) {
		if (!wire_ipv4(w, &ip))
			return REFUSED_SHORT;
		if (is_fragment(ip))
			return NOT_A_TUNNEL;
		protocol = ip->protocol;
	} else if (type == bpf_htons(ETH_P_IPV6)) {
		if (!WIRE_TAKE(w, ip6))
			return REFUSED_SHORT;
		protocol = ip6->nexthdr;
	} else {
		return NOT_A_TUNNEL;
	}
	switch (protocol) {
	case IPPROTO_IPIP:
		p->tunnel = TUNNEL_IPIP;
		p->type = bpf_htons(ETH_P_IP);
		return 0;
	case IPPROTO_IPV6:
		p->tunnel = TUNNEL_6IN4;
		p->type = bpf_htons(ETH_P_IPV6);
		return 0;
	case IPPROTO_GRE:
		return plan_gre(w, p);
	case IPPROTO_UDP:
		return plan_udp(w, p);
	}
	return NOT_A_TUNNEL;
}

static __always_inline int strip(struct xdp_md *ctx, const struct plan *p)
{
	struct ethhdr *eth = (void *)(long)ctx->data;
	struct ethhdr kept;

	if ((void *)(eth + 1) > (void *)(long)ctx->data_end)
		return -1;
	kept = *eth;
	kept.h_proto = p->type;
	if (bpf_xdp_adjust_head(ctx, (int)p->outer - (p->has_link ? 0 : ETH_HLEN)))
		return -1;
	eth = (void *)(long)ctx->data;
	if ((void *)(eth + 1) > (void *)(long)ctx->data_end)
		return -1;
	if (!p->has_link)
		*eth = kept;
	return 0;
}

static __always_inline int describe(struct xdp_md *ctx, const struct network *n, const struct plan *p)
{
	struct metadata *m;

	if (bpf_xdp_adjust_meta(ctx, -(int)sizeof(*m)))
		return -1;
	m = (void *)(long)ctx->data_meta;
	if ((void *)(m + 1) > (void *)(long)ctx->data)
		return -1;
	m->network = n->id;
	m->tunnel = p->tunnel;
	return 0;
}

SEC("xdp")
int decapsulate(struct xdp_md *ctx)
{
	struct wire w = { (void *)(long)ctx->data, (void *)(long)ctx->data_end };
	struct network_key key = {};
	const struct network *network;
	struct plan p = {};
	int refused = plan_packet(&w, &p);

	if (refused) {
		note(refused);
		return refused == NOT_A_TUNNEL ? XDP_PASS : XDP_DROP;
	}
	p.outer = w.at - (void *)(long)ctx->data;
	key.tunnel = p.tunnel;
	key.number = p.number;
	network = bpf_map_lookup_elem(&networks, &key);
	if (!network) {
		note(REFUSED_NETWORK);
		return XDP_DROP;
	}
	if (strip(ctx, &p)) {
		note(REFUSED_SHORT);
		return XDP_DROP;
	}
	note(p.tunnel);
	if (describe(ctx, network, &p))
		return XDP_ABORTED;
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
