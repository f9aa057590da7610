// The load balancer's view of a packet: addresses and ports of the flow, also of one that an ICMP error quotes.
#ifndef L4LB_PARSE_H
#define L4LB_PARSE_H
#include "l4lb.h"

enum parsed { PARSED_FLOW, PARSED_PASS, PARSED_DROP, PARSED_ECHO };

struct ports {
	__be16 source, target;
};

static __always_inline int read_transport(struct wire *w, struct packet *p)
{
	if (p->flow.protocol == IPPROTO_TCP) {
		struct tcphdr *tcp;

		if (!p->quoted) {
			if (!WIRE_TAKE(w, tcp))
				return PARSED_DROP;
			p->flow.source_port = tcp->source;
			p->flow.target_port = tcp->dest;
			p->opens = tcp->syn && !tcp->ack;
			p->closes = tcp->rst || tcp->fin;
			return PARSED_FLOW;
		}
	} else if (p->flow.protocol != IPPROTO_UDP) {
		return PARSED_PASS;
	}
	struct ports *ports;

	if (!WIRE_TAKE(w, ports))
		return PARSED_DROP;
	p->flow.source_port = ports->source;
	p->flow.target_port = ports->target;
	return PARSED_FLOW;
}

/* A quoted packet went from the service to the client: turn it round. */
static __always_inline void turn_round(struct connection *c)
{
	union address address = c->source;
	__be16 port = c->source_port;

	c->source = c->target;
	c->target = address;
	c->source_port = c->target_port;
	c->target_port = port;
}

static __always_inline int read_quoted4(struct wire *w, struct packet *p)
{
	struct icmphdr *icmp;
	struct iphdr *ip;
	int answer;

	if (!WIRE_TAKE(w, icmp))
		return PARSED_DROP;
	if (icmp->type == ICMP_ECHO)
		return PARSED_ECHO;
	if (icmp->type != ICMP_DEST_UNREACH && icmp->type != ICMP_TIME_EXCEEDED)
		return PARSED_PASS;
	if (icmp->type == ICMP_DEST_UNREACH && icmp->code == ICMP_FRAG_NEEDED)
		count(EVENT_TOO_BIG);
	if (!wire_ipv4(w, &ip))
		return PARSED_DROP;
	p->quoted = 1;
	p->flow.protocol = ip->protocol;
	p->flow.source.v4 = ip->saddr;
	p->flow.target.v4 = ip->daddr;
	answer = read_transport(w, p);
	if (answer == PARSED_FLOW) {
		turn_round(&p->flow);
		count(EVENT_ICMP);
	}
	return answer;
}

static __always_inline int read_quoted6(struct wire *w, struct packet *p)
{
	struct icmp6hdr *icmp;
	struct ipv6hdr *ip;
	int answer;

	if (!WIRE_TAKE(w, icmp))
		return PARSED_DROP;
	if (icmp->icmp6_type == ICMPV6_ECHO_REQUEST)
		return PARSED_ECHO;
	if (icmp->icmp6_type != ICMPV6_PKT_TOOBIG && icmp->icmp6_type != ICMPV6_DEST_UNREACH)
		return PARSED_PASS;
	if (icmp->icmp6_type == ICMPV6_PKT_TOOBIG)
		count(EVENT_TOO_BIG);
	if (!WIRE_TAKE(w, ip))
		return PARSED_DROP;
	p->quoted = 1;
	p->flow.protocol = ip->nexthdr;
	__builtin_memcpy(p->flow.source.v6, &ip->saddr, 16);
	__builtin_memcpy(p->flow.target.v6, &ip->daddr, 16);
	answer = read_transport(w, p);
	if (answer == PARSED_FLOW) {
		turn_round(&p->flow);
		count(EVENT_ICMP);
	}
	return answer;
}

static __always_inline int read_ipv4(struct wire *w, struct packet *p)
{
	struct iphdr *ip;
	__u32 total;

	if (!wire_ipv4(w, &ip))
		return PARSED_DROP;
	total = bpf_ntohs(ip->tot_len);
	if (total < sizeof(*ip) || (void *)ip + total > w->end)
		return PARSED_DROP;
	if (is_fragment(ip)) {
		count(EVENT_FRAGMENT);
		return PARSED_PASS;
	}
	p->length = total;
	p->tos = ip->tos;
	p->flow.family = 4;
	if (ip->protocol == IPPROTO_ICMP) {
		p->flow.target.v4 = ip->daddr;
		return read_quoted4(w, p);
	}
	p->flow.protocol = ip->protocol;
	p->flow.source.v4 = ip->saddr;
	p->flow.target.v4 = ip->daddr;
	return read_transport(w, p);
}

static __always_inline int read_ipv6(struct wire *w, struct packet *p)
{
	struct ipv6hdr *ip;

	if (!WIRE_TAKE(w, ip))
		return PARSED_DROP;
	p->length = bpf_ntohs(ip->payload_len) + sizeof(*ip);
	if ((void *)ip + p->length > w->end)
		return PARSED_DROP;
	p->tos = ip->priority << 4 | ip->flow_lbl[0] >> 4;
	p->flow.family = 6;
	if (ip->nexthdr == IPPROTO_FRAGMENT) {
		count(EVENT_FRAGMENT);
		return PARSED_PASS;
	}
	if (ip->nexthdr == IPPROTO_ICMPV6) {
		__builtin_memcpy(p->flow.target.v6, &ip->daddr, 16);
		return read_quoted6(w, p);
	}
	p->flow.protocol = ip->nexthdr;
	__builtin_memcpy(p->flow.source.v6, &ip->saddr, 16);
	__builtin_memcpy(p->flow.target.v6, &ip->daddr, 16);
	return read_transport(w, p);
}

static __always_inline int read_frame(struct xdp_md *ctx, struct packet *p)
{
	struct wire w = { (void *)(long)ctx->data, (void *)(long)ctx->data_end };
	struct ethhdr *eth;
	__u16 vlan;
	__be16 type = wire_ethernet(&w, &eth, &vlan);

	if (!type)
		return PARSED_DROP;
	p->offset = w.at - (void *)eth;
	if (type == bpf_htons(ETH_P_IP))
		return read_ipv4(&w, p);
	if (type == bpf_htons(ETH_P_IPV6))
		return read_ipv6(&w, p);
	return PARSED_PASS;
}
#endif
