// Which backend a flow goes to: the table of connections first, then the service's ring.
#ifndef L4LB_CHOOSE_H
#define L4LB_CHOOSE_H
#include "l4lb.h"

#define KEEP_UDP (30 * 1000000000ull)

static __always_inline const struct service *service_of(const struct connection *flow)
{
	struct service_key key = {
		.address = flow->target,
		.port = flow->target_port,
		.protocol = flow->protocol,
		.family = flow->family,
	};
	const struct service *s = bpf_map_lookup_elem(&services, &key);

	if (s)
		return s;
	key.port = 0;
	s = bpf_map_lookup_elem(&services, &key);
	return s && (s->flags & SERVICE_ANY_PORT) ? s : NULL;
}

static __always_inline __u32 hash_of(const struct connection *flow, __u32 flags)
{
	__u32 words[10] = {};

	__builtin_memcpy(words, flow->source.v6, 16);
	__builtin_memcpy(words + 4, flow->target.v6, 16);
	words[8] = flow->protocol;
	if (!(flags & SERVICE_STICKY_SOURCE))
		words[9] = (__u32)flow->source_port << 16 | flow->target_port;
	return mix_words(words, 10, 0x5bd1e995);
}

static __always_inline int ring_slot(const struct service *s, const struct connection *flow, __u32 *backend)
{
	__u32 slot = s->id * RING_SIZE + hash_of(flow, s->flags) % RING_SIZE;
	const __u32 *number = bpf_map_lookup_elem(&rings, &slot);

	if (!number || !*number)
		return 0;
	*backend = *number;
	return 1;
}

static __always_inline int known(const struct packet *p, __u64 now, __u32 *backend)
{
	struct placement *place = bpf_map_lookup_elem(&connections, &p->flow);

	if (!place)
		return 0;
	if (p->flow.protocol == IPPROTO_UDP && now - place->seen > KEEP_UDP)
		return 0;
	if (p->opens)
		return 0;
	place->seen = now;
	__sync_fetch_and_add(&place->packets, 1);
	*backend = place->backend;
	count(EVENT_KNOWN);
	return 1;
}

static __always_inline const struct backend *choose(const struct packet *p, const struct service *s, __u32 *number)
{
	__u64 now = bpf_ktime_get_ns();

	if (s->flags & SERVICE_NO_TABLE) {
		if (!ring_slot(s, &p->flow, number))
			return NULL;
		return bpf_map_lookup_elem(&backends, number);
	}
	if (!known(p, now, number)) {
		struct placement fresh = { .packets = 1, .seen = now };

		if (!ring_slot(s, &p->flow, number))
			return NULL;
		fresh.backend = *number;
		if (!p->quoted) {
			bpf_map_update_elem(&connections, &p->flow, &fresh, BPF_ANY);
			count(EVENT_NEW);
		}
	} else if (p->closes) {
		bpf_map_delete_elem(&connections, &p->flow);
	}
	return bpf_map_lookup_elem(&backends, number);
}
#endif
