// The gateway's policy: zones by prefix, rules between zones, flows that were let through, budgets of sources and of zones.
#ifndef GATEWAY_POLICY_H
#define GATEWAY_POLICY_H
#include "wire.h"
#include "mixing.h"
#include "l4lb.h"

#define MOST_ZONES 16
#define MOST_RULES 8
#define SECOND 1000000000ull

enum zone { ZONE_UNKNOWN, ZONE_OUTSIDE, ZONE_INSIDE, ZONE_SERVERS, ZONE_ADMIN };

enum action { ACTION_DENY, ACTION_ALLOW, ACTION_LIMIT, ACTION_BALANCE, ACTION_COUNT };

struct prefix {
	__u32 length;
	union address address;
};

struct zone_pair {
	__u16 from, to;
};

struct rule {
	__u16 first_port, last_port;
	__u8 protocol;
	__u8 action;
	__u16 id;
};

struct rules {
	__u32 count;
	struct rule rule[MOST_RULES];
};

struct session {
	__u64 opened, seen;
	__u64 packets[2], bytes[2];
	__u16 rule;
	__u8 flags[2];
	__u8 state;
	__u8 pad[3];
};

enum session_state { SESSION_NEW, SESSION_ANSWERED, SESSION_CLOSED };

struct bucket {
	__u64 filled;
	__u32 tokens;
	__u32 refused;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix);
	__type(value, __u32);
} zones SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MOST_ZONES * MOST_ZONES);
	__type(key, struct zone_pair);
	__type(value, struct rules);
} policy SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct connection);
	__type(value, struct session);
} sessions SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, union address);
	__type(value, struct bucket);
} buckets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct traffic);
} by_rule SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, MOST_ZONES * MOST_ZONES);
	__type(key, __u32);
	__type(value, struct traffic);
} by_zone SEC(".maps");

const volatile __u32 tokens_a_second = 1;
const volatile __u32 most_tokens = 5;
const volatile __u64 idle_tcp = 3600 * SECOND;
const volatile __u64 idle_udp = 120 * SECOND;

/* IPv4 addresses are in the same table, below ::ffff:0:0/96. */
static __always_inline enum zone zone_of(const union address *address, __u8 family)
{
	struct prefix key = { .length = 128 };
	const __u32 *zone;

	if (family == 4) {
		key.address.v6[2] = bpf_htonl(0xffff);
		key.address.v6[3] = address->v4;
	} else {
		key.address = *address;
	}
	zone = bpf_map_lookup_elem(&zones, &key);
	return zone ? *zone & (MOST_ZONES - 1) : ZONE_UNKNOWN;
}

static __always_inline void add_traffic(struct traffic *t, __u32 length)
{
	t->packets++;
	t->bytes += length;
}

static __always_inline void account_zones(__u16 from, __u16 to, __u32 length)
{
	__u32 key = (__u32)from * MOST_ZONES + to;
	struct traffic *t = bpf_map_lookup_elem(&by_zone, &key);

	if (t)
		add_traffic(t, length);
}

static __always_inline void account_rule(__u32 rule, __u32 action, __u32 length)
{
	__u32 key = rule << 8 | action;
	struct traffic *t = bpf_map_lookup_elem(&by_rule, &key);
	struct traffic fresh = { 1, length };

	if (t)
		add_traffic(t, length);
	else
		bpf_map_update_elem(&by_rule, &key, &fresh, BPF_NOEXIST);
}

static __always_inline const struct rule *match(const struct rules *rules, const struct connection *flow)
{
	__u16 port = bpf_ntohs(flow->target_port);

	for (__u32 i = 0; i < MOST_RULES; i++) {
		const struct rule *r = &rules->rule[i];

		if (i >= rules->count)
			break;
		if (r->protocol && r->protocol != flow->protocol)
			continue;
		if (port < r->first_port || port > r->last_port)
			continue;
		return r;
	}
	return NULL;
}

static __always_inline int take_token(const union address *source, __u64 now)
{
	struct bucket *b = bpf_map_lookup_elem(&buckets, source);
	__u64 earned;

	if (!b) {
		struct bucket fresh = { .filled = now, .tokens = most_tokens - 1 };

		bpf_map_update_elem(&buckets, source, &fresh, BPF_ANY);
		return 1;
	}
	earned = (now - b->filled) * tokens_a_second / SECOND;
	if (earned) {
		__u64 tokens = b->tokens + earned;

		b->tokens = tokens < most_tokens ? tokens : most_tokens;
		b->filled = now;
	}
	if (!b->tokens) {
		b->refused++;
		return 0;
	}
	b->tokens--;
	return 1;
}

static __always_inline void reversed(const struct connection *flow, struct connection *back)
{
	__builtin_memset(back, 0, sizeof(*back));
	back->source = flow->target;
	back->target = flow->source;
	back->source_port = flow->target_port;
	back->target_port = flow->source_port;
	back->protocol = flow->protocol;
	back->family = flow->family;
}

static __always_inline int is_idle(const struct session *s, const struct connection *flow, __u64 now)
{
	return now - s->seen > (flow->protocol == IPPROTO_TCP ? idle_tcp : idle_udp);
}

static __always_inline void touch(struct session *s, const struct packet *p, int way, __u64 now)
{
	s->seen = now;
	s->packets[way & 1]++;
	s->bytes[way & 1] += p->length;
	s->flags[way & 1] |= p->opens | p->closes << 1;
	if (way && s->state == SESSION_NEW)
		s->state = SESSION_ANSWERED;
	if (s->flags[0] & s->flags[1] & 2)
		s->state = SESSION_CLOSED;
}

/* The session of a packet in either direction; 1 and 2 tell which. */
static __always_inline int in_session(const struct packet *p, __u64 now)
{
	struct connection back;
	struct session *s = bpf_map_lookup_elem(&sessions, &p->flow);

	if (s) {
		if (is_idle(s, &p->flow, now)) {
			bpf_map_delete_elem(&sessions, &p->flow);
			return 0;
		}
		touch(s, p, 0, now);
		return 1;
	}
	reversed(&p->flow, &back);
	s = bpf_map_lookup_elem(&sessions, &back);
	if (!s || is_idle(s, &back, now))
		return 0;
	touch(s, p, 1, now);
	if (s->state == SESSION_CLOSED)
		bpf_map_delete_elem(&sessions, &back);
	return 2;
}

static __always_inline void open_session(const struct packet *p, __u16 rule, __u64 now)
{
	struct session fresh = { .opened = now, .seen = now, .rule = rule };

	fresh.packets[0] = 1;
	fresh.bytes[0] = p->length;
	fresh.flags[0] = p->opens;
	bpf_map_update_elem(&sessions, &p->flow, &fresh, BPF_NOEXIST);
}

static __always_inline enum action judge(const struct packet *p, __u64 now)
{
	struct zone_pair pair = {
		.from = zone_of(&p->flow.source, p->flow.family),
		.to = zone_of(&p->flow.target, p->flow.family),
	};
	const struct rules *rules;
	const struct rule *r;
	enum action action;

	account_zones(pair.from, pair.to, p->length);
	if (in_session(p, now))
		return ACTION_ALLOW;
	rules = bpf_map_lookup_elem(&policy, &pair);
	if (!rules)
		return pair.from == pair.to && pair.from != ZONE_UNKNOWN ? ACTION_ALLOW : ACTION_DENY;
	r = match(rules, &p->flow);
	if (!r) {
		account_rule(0, ACTION_DENY, p->length);
		return ACTION_DENY;
	}
	action = r->action;
	account_rule(r->id, action, p->length);
	if (action == ACTION_LIMIT) {
		if (!take_token(&p->flow.source, now))
			return ACTION_DENY;
		action = ACTION_ALLOW;
	}
	/* Balanced flows have a table of their own. */
	if (action == ACTION_ALLOW && !p->quoted)
		open_session(p, r->id, now);
	return action;
}
#endif
