// Sending: IP in IP and generic UDP encapsulation towards a backend, a new link address, echo replies, too-big messages.
#ifndef L4LB_SEND_H
#define L4LB_SEND_H
#include "l4lb.h"

struct outer4 {
	struct ethhdr eth;
	struct iphdr ip;
} __attribute__((packed));

struct gue_header {
	struct udphdr udp;
	__u8 version_length;
	__u8 protocol;
	__be16 flags;
};

struct outer_gue {
	struct ethhdr eth;
	struct iphdr ip;
	struct gue_header gue;
} __attribute__((packed));

struct outer6 {
	struct ethhdr eth;
	struct ipv6hdr ip;
} __attribute__((packed));

static __always_inline void link(struct ethhdr *eth, const struct gateway *g, __be16 type)
{
	__builtin_memcpy(eth->h_source, g->mac, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, g->next, ETH_ALEN);
	eth->h_proto = type;
}

static __always_inline void outer_ip(struct iphdr *ip, const struct gateway *g, const struct packet *p,
				     __be32 target, __u8 protocol, __u32 length, __u32 spread)
{
	ip->version = 4;
	ip->ihl = 5;
	ip->tos = p->tos;
	ip->tot_len = bpf_htons(length);
	ip->id = 0;
	ip->frag_off = 0;
	ip->ttl = 64;
	ip->protocol = protocol;
	/* The low bits of the source spread flows over the receive queues of the backend. */
	ip->saddr = g->source4 | bpf_htonl(spread & 0xff);
	ip->daddr = target;
	ip->check = 0;
	ip->check = sum_of_header(ip, 10);
}

/* Moves the start of the packet so that `room` bytes are before the network header. */
static __always_inline int make_room(struct xdp_md *ctx, const struct packet *p, int room)
{
	return bpf_xdp_adjust_head(ctx, (int)p->offset - room);
}

static __always_inline int send_ipip(struct xdp_md *ctx, const struct packet *p, const struct backend *b,
				     const struct gateway *g, __u32 spread)
{
	struct outer4 *out;

	if (make_room(ctx, p, sizeof(*out)))
		return -1;
	out = (void *)(long)ctx->data;
	if ((void *)(out + 1) > (void *)(long)ctx->data_end)
		return -1;
	link(&out->eth, g, bpf_htons(ETH_P_IP));
	outer_ip(&out->ip, g, p, b->address.v4, p->flow.family == 4 ? IPPROTO_IPIP : IPPROTO_IPV6,
		 p->length + sizeof(out->ip), spread);
	return 0;
}

static __always_inline int send_gue(struct xdp_md *ctx, const struct packet *p, const struct backend *b,
				    const struct gateway *g, __u32 spread)
{
	struct outer_gue *out;

	if (make_room(ctx, p, sizeof(*out)))
		return -1;
	out = (void *)(long)ctx->data;
	if ((void *)(out + 1) > (void *)(long)ctx->data_end)
		return -1;
	link(&out->eth, g, bpf_htons(ETH_P_IP));
	outer_ip(&out->ip, g, p, b->address.v4, IPPROTO_UDP,
		 p->length + sizeof(out->ip) + sizeof(out->gue), 0);
	out->gue.udp.source = bpf_htons(0xc000 | (spread & 0x3fff));
	out->gue.udp.dest = bpf_htons(g->gue_port);
	out->gue.udp.len = bpf_htons(p->length + sizeof(out->gue));
	out->gue.udp.check = 0;
	out->gue.version_length = 0;
	out->gue.protocol = p->flow.family == 4 ? IPPROTO_IPIP : IPPROTO_IPV6;
	out->gue.flags = 0;
	return 0;
}

static __always_inline int send_ip6(struct xdp_md *ctx, const struct packet *p, const struct backend *b,
				    const struct gateway *g, __u32 spread)
{
	struct outer6 *out;

	if (make_room(ctx, p, sizeof(*out)))
		return -1;
	out = (void *)(long)ctx->data;
	if ((void *)(out + 1) > (void *)(long)ctx->data_end)
		return -1;
	link(&out->eth, g, bpf_htons(ETH_P_IPV6));
	__builtin_memset(&out->ip, 0, sizeof(out->ip));
	out->ip.version = 6;
	out->ip.priority = p->tos >> 4;
	out->ip.payload_len = bpf_htons(p->length);
	out->ip.nexthdr = p->flow.family == 4 ? IPPROTO_IPIP : IPPROTO_IPV6;
	out->ip.hop_limit = 64;
	__builtin_memcpy(&out->ip.saddr, g->source6, 16);
	out->ip.saddr.s6_addr32[3] ^= spread;
	__builtin_memcpy(&out->ip.daddr, b->address.v6, 16);
	return 0;
}

static __always_inline int send_direct(struct xdp_md *ctx, const struct backend *b, const struct gateway *g)
{
	struct ethhdr *eth = (void *)(long)ctx->data;

	if ((void *)(eth + 1) > (void *)(long)ctx->data_end)
		return -1;
	__builtin_memcpy(eth->h_source, g->mac, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, b->mac, ETH_ALEN);
	return 0;
}

static __always_inline void swap_link(struct ethhdr *eth)
{
	__u8 mac[ETH_ALEN];

	__builtin_memcpy(mac, eth->h_source, ETH_ALEN);
	__builtin_memcpy(eth->h_source, eth->h_dest, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, mac, ETH_ALEN);
}

/* Answers an echo request in place. The packet has no VLAN tag. */
static __always_inline int answer_echo4(struct xdp_md *ctx)
{
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = (void *)(long)ctx->data;
	struct iphdr *ip = (void *)(eth + 1);
	struct icmphdr *icmp = (void *)(ip + 1);
	__be32 address;

	if ((void *)(icmp + 1) > end || ip->ihl != 5)
		return XDP_PASS;
	swap_link(eth);
	address = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = address;
	sum_replace16(&ip->check, *(__u16 *)&ip->ttl, bpf_htons(64 << 8 | ip->protocol));
	ip->ttl = 64;
	sum_replace16(&icmp->checksum, bpf_htons(ICMP_ECHO << 8), bpf_htons(ICMP_ECHOREPLY << 8));
	icmp->type = ICMP_ECHOREPLY;
	return XDP_TX;
}

static __always_inline int answer_echo6(struct xdp_md *ctx)
{
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = (void *)(long)ctx->data;
	struct ipv6hdr *ip = (void *)(eth + 1);
	struct icmp6hdr *icmp = (void *)(ip + 1);
	struct in6_addr address;

	if ((void *)(icmp + 1) > end)
		return XDP_PASS;
	swap_link(eth);
	address = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = address;
	ip->hop_limit = 64;
	sum_replace16(&icmp->icmp6_cksum, bpf_htons(ICMPV6_ECHO_REQUEST << 8), bpf_htons(ICMPV6_ECHO_REPLY << 8));
	icmp->icmp6_type = ICMPV6_ECHO_REPLY;
	return XDP_TX;
}

#define QUOTED 64

struct too_big {
	struct ethhdr eth;
	struct iphdr ip;
	struct icmphdr icmp;
} __attribute__((packed));

/* Turns the packet into the message that it does not fit: its first bytes, quoted. */
static __always_inline int answer_too_big(struct xdp_md *ctx, const struct packet *p, const struct gateway *g, __u32 mtu)
{
	struct too_big *out;
	struct iphdr *cause;
	__u64 sum = 0;
	__u16 *quoted;
	__be32 client, service;
	int cut;

	cut = (int)(p->offset + QUOTED) - (int)(ctx->data_end - ctx->data);
	if (cut > 0 || bpf_xdp_adjust_tail(ctx, cut))
		return XDP_DROP;
	if (make_room(ctx, p, sizeof(*out)))
		return XDP_DROP;
	out = (void *)(long)ctx->data;
	if ((void *)(out + 1) + QUOTED > (void *)(long)ctx->data_end)
		return XDP_DROP;
	cause = (void *)(out + 1);
	client = cause->saddr;
	service = cause->daddr;
	link(&out->eth, g, bpf_htons(ETH_P_IP));
	outer_ip(&out->ip, g, p, client, IPPROTO_ICMP, sizeof(out->ip) + sizeof(out->icmp) + QUOTED, 0);
	sum_replace32(&out->ip.check, out->ip.saddr, service);
	out->ip.saddr = service;
	out->icmp.type = ICMP_DEST_UNREACH;
	out->icmp.code = ICMP_FRAG_NEEDED;
	out->icmp.checksum = 0;
	out->icmp.un.frag.__unused = 0;
	out->icmp.un.frag.mtu = bpf_htons(mtu);
	quoted = (void *)&out->icmp;
#pragma unroll
	for (int i = 0; i < (sizeof(out->icmp) + QUOTED) / 2; i++)
		sum += quoted[i];
	out->icmp.checksum = ~sum_fold(sum);
	return XDP_TX;
}
#endif
