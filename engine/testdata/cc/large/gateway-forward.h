// Forwarding: neighbours by next hop, the time to live, and the reasons to leave a packet to the kernel.
#ifndef GATEWAY_FORWARD_H
#define GATEWAY_FORWARD_H
#include "l4lb.h"
#include "sums.h"

struct next_hop {
	union address via;
	__u32 ifindex;
	__u8 family;
	__u8 pad[3];
};

struct neighbour_key {
	union address address;
	__u32 ifindex;
};

struct neighbour {
	__u8 mac[6], own[6];
};

struct route_key {
	__u32 length;
	union address address;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct route_key);
	__type(value, struct next_hop);
} routes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct neighbour_key);
	__type(value, struct neighbour);
} neighbours SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_DEVMAP);
	__uint(max_entries, 64);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} ports SEC(".maps");

enum forward_result { FORWARDED, NO_ROUTE, NO_NEIGHBOUR, TTL_EXPIRED, HAS_OPTIONS, TRUNCATED, FORWARD_COUNT };

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, FORWARD_COUNT);
	__type(key, __u32);
	__type(value, __u64);
} forward_results SEC(".maps");

static __always_inline int forward_result(__u32 which, int action)
{
	__u64 *n = bpf_map_lookup_elem(&forward_results, &which);

	if (n)
		++*n;
	return action;
}

static __always_inline const struct next_hop *route(const struct packet *p)
{
	struct route_key key = { .length = 128 };

	if (p->flow.family == 4) {
		key.address.v6[2] = bpf_htonl(0xffff);
		key.address.v6[3] = p->flow.target.v4;
	} else {
		key.address = p->flow.target;
	}
	return bpf_map_lookup_elem(&routes, &key);
}

static __always_inline const struct neighbour *neighbour(const struct next_hop *hop, const struct packet *p)
{
	struct neighbour_key key = { .ifindex = hop->ifindex };
	const __u32 *via = hop->via.v6;

	key.address = (via[0] | via[1] | via[2] | via[3]) ? hop->via : p->flow.target;
	return bpf_map_lookup_elem(&neighbours, &key);
}

static __always_inline int lower_ttl(struct xdp_md *ctx, const struct packet *p)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

	if (p->flow.family == 4) {
		struct iphdr *ip = data + ETH_HLEN;

		if ((void *)(ip + 1) > end)
			return TRUNCATED;
		if (ip->ihl != 5)
			return HAS_OPTIONS;
		if (ip->ttl <= 1)
			return TTL_EXPIRED;
		sum_replace16(&ip->check, bpf_htons(ip->ttl << 8 | ip->protocol),
			      bpf_htons((ip->ttl - 1) << 8 | ip->protocol));
		ip->ttl--;
	} else {
		struct ipv6hdr *ip = data + ETH_HLEN;

		if ((void *)(ip + 1) > end)
			return TRUNCATED;
		if (ip->hop_limit <= 1)
			return TTL_EXPIRED;
		ip->hop_limit--;
	}
	return FORWARDED;
}

static __always_inline int forward(struct xdp_md *ctx, const struct packet *p)
{
	const struct next_hop *hop = route(p);
	const struct neighbour *n;
	struct ethhdr *eth;
	int lowered;

	if (!hop || p->offset != ETH_HLEN)
		return forward_result(NO_ROUTE, XDP_PASS);
	n = neighbour(hop, p);
	if (!n)
		return forward_result(NO_NEIGHBOUR, XDP_PASS);
	lowered = lower_ttl(ctx, p);
	if (lowered != FORWARDED)
		return forward_result(lowered, XDP_PASS);
	eth = (void *)(long)ctx->data;
	if ((void *)(eth + 1) > (void *)(long)ctx->data_end)
		return forward_result(TRUNCATED, XDP_DROP);
	__builtin_memcpy(eth->h_dest, n->mac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, n->own, ETH_ALEN);
	forward_result(FORWARDED, 0);
	if (hop->ifindex == ctx->ingress_ifindex)
		return XDP_TX;
	return bpf_redirect_map(&ports, hop->ifindex, XDP_PASS);
}
#endif
