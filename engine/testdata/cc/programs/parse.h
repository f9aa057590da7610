// Parsing of packets, as programs of the field write it.
#pragma once
#include "common.h"

struct cursor { void *at, *end; };
struct vlan { __be16 tci, proto; };

static __always_inline int ethernet(struct cursor *c, struct ethhdr **eth)
{
	struct ethhdr *e = c->at;

	if ((void *)(e + 1) > c->end)
		return -1;
	c->at = e + 1;
	*eth = e;
	__be16 proto = e->h_proto;
#pragma unroll
	for (int i = 0; i < 2; i++) {
		struct vlan *v = c->at;

		if (proto != bpf_htons(ETH_P_8021Q) && proto != bpf_htons(ETH_P_8021AD))
			break;
		if ((void *)(v + 1) > c->end)
			return -1;
		proto = v->proto;
		c->at = v + 1;
	}
	return proto;
}

static __always_inline int internet(struct cursor *c, struct iphdr **ip)
{
	struct iphdr *i = c->at;

	if ((void *)(i + 1) > c->end)
		return -1;
	int length = i->ihl * 4;
	if (length < (int)sizeof(*i) || c->at + length > c->end)
		return -1;
	c->at += length;
	*ip = i;
	return i->protocol;
}

#define PARSED(ctx) { (void *)(long)(ctx)->data, (void *)(long)(ctx)->data_end }
