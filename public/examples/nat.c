// Network address and port translation: private clients share one public address. At egress a port is chosen and written into both
// tables; at ingress it is undone. Checksums are mended with the difference, by helpers. `nat_ingress` uses the same maps.
// Try: look at the maps after the first packet, then find the port in the packet that left.

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <linux/icmp.h>
#include <linux/in.h>
#include <stddef.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

struct settings {
	__be32 network, mask, public;
	__u32 first_port, port_count;
};

struct inside {
	__be32 address, peer;
	__be16 port, peer_port;
	__u32 protocol;
};

struct outside {
	__be32 peer;
	__be16 port, peer_port;
	__u32 protocol;
};

struct binding {
	__be32 address;
	__be16 port;
	__u16 closing;
	__u64 packets;
};

enum { TRANSLATED_OUT, TRANSLATED_IN, NO_PORT, NOT_MINE, UNKNOWN, BROKEN, EVENTS };

#define TRIES 8
#define L3 ETH_HLEN
#define L4 (ETH_HLEN + sizeof(struct iphdr))

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct settings);
} settings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192);
	__type(key, struct inside);
	__type(value, struct binding);
} going_out SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192);
	__type(key, struct outside);
	__type(value, struct binding);
} coming_in SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, EVENTS);
	__type(key, __u32);
	__type(value, __u64);
} events SEC(".maps");

/* Where in the packet the port (or the echo's id) and the checksum stand. */
struct places {
	__u32 source, target, check;
	__u64 flags;
};

static __always_inline int event(__u32 which, int action)
{
	__u64 *n = bpf_map_lookup_elem(&events, &which);

	if (n)
		*n += 1;
	return action;
}

struct view {
	struct iphdr ip;
	__be16 source, target;
	__u8 closing;
	struct places at;
};

static __always_inline int look(struct __sk_buff *skb, struct view *v, bool outgoing)
{
	if (skb->protocol != bpf_htons(ETH_P_IP))
		return -NOT_MINE;
	if (bpf_skb_load_bytes(skb, L3, &v->ip, sizeof(v->ip)) < 0)
		return -BROKEN;
	if (v->ip.ihl != 5 || v->ip.version != 4 || (v->ip.frag_off & bpf_htons(0x3fff)))
		return -NOT_MINE;
	switch (v->ip.protocol) {
	case IPPROTO_TCP: {
		struct tcphdr tcp;

		if (bpf_skb_load_bytes(skb, L4, &tcp, sizeof(tcp)) < 0)
			return -BROKEN;
		v->source = tcp.source;
		v->target = tcp.dest;
		v->closing = tcp.fin | tcp.rst;
		v->at = (struct places){
			L4 + offsetof(struct tcphdr, source),
			L4 + offsetof(struct tcphdr, dest),
			L4 + offsetof(struct tcphdr, check),
			BPF_F_PSEUDO_HDR,
		};
		return 1;
	}
	case IPPROTO_UDP: {
		struct udphdr udp;

		if (bpf_skb_load_bytes(skb, L4, &udp, sizeof(udp)) < 0)
			return -BROKEN;
		v->source = udp.source;
		v->target = udp.dest;
		v->at.source = L4 + offsetof(struct udphdr, source);
		v->at.target = L4 + offsetof(struct udphdr, dest);
		v->at.check = udp.check ? L4 + offsetof(struct udphdr, check) : 0;
		v->at.flags = BPF_F_PSEUDO_HDR | BPF_F_MARK_MANGLED_0;
		return 1;
	}
	case IPPROTO_ICMP: {
		struct icmphdr icmp;

		if (bpf_skb_load_bytes(skb, L4, &icmp, sizeof(icmp)) < 0)
			return -BROKEN;
		if (icmp.type != (outgoing ? ICMP_ECHO : ICMP_ECHOREPLY))
			return -NOT_MINE;
		v->source = v->target = icmp.un.echo.id;
		v->at.source = v->at.target = L4 + offsetof(struct icmphdr, un.echo.id);
		v->at.check = L4 + offsetof(struct icmphdr, checksum);
		return 1;
	}
	}
	return -NOT_MINE;
}

static __noinline int rewrite(struct __sk_buff *skb, __u32 address_at, __be32 old, __be32 new)
{
	__u32 check = L3 + offsetof(struct iphdr, check);

	if (bpf_l3_csum_replace(skb, check, old, new, sizeof(new)) < 0)
		return -1;
	return bpf_skb_store_bytes(skb, address_at, &new, sizeof(new), 0);
}

static __always_inline int translate(struct __sk_buff *skb, const struct view *v, bool outgoing,
				     __be32 new, __be16 new_port)
{
	__be32 old = outgoing ? v->ip.saddr : v->ip.daddr;
	__be16 old_port = outgoing ? v->source : v->target;
	__u32 address_at = L3 + (outgoing ? offsetof(struct iphdr, saddr) : offsetof(struct iphdr, daddr));
	__u32 port_at = outgoing ? v->at.source : v->at.target;

	if (v->at.check) {
		__u64 kept = v->at.flags & BPF_F_MARK_MANGLED_0;

		if (v->at.flags & BPF_F_PSEUDO_HDR &&
		    bpf_l4_csum_replace(skb, v->at.check, old, new, v->at.flags | sizeof(new)) < 0)
			return -1;
		if (bpf_l4_csum_replace(skb, v->at.check, old_port, new_port, kept | sizeof(new_port)) < 0)
			return -1;
	}
	if (rewrite(skb, address_at, old, new) < 0)
		return -1;
	return bpf_skb_store_bytes(skb, port_at, &new_port, sizeof(new_port), 0);
}

static __always_inline __u32 spread(const struct inside *key)
{
	__u32 h = key->address * 2654435761u;

	h ^= key->peer * 2246822519u;
	h ^= ((__u32)key->port << 16 | key->peer_port) * 3266489917u;
	h ^= key->protocol * 668265263u;
	h ^= h >> 15;
	h *= 0x2c1b3c6d;
	return h ^ h >> 12;
}

static __always_inline struct binding *bind(const struct settings *set, const struct inside *key)
{
	struct binding back = { .address = key->address, .port = key->port };
	struct binding out = { .address = set->public };
	struct outside reverse = {
		.peer = key->peer,
		.peer_port = key->peer_port,
		.protocol = key->protocol,
	};
	__u32 start = spread(key);

	for (int i = 0; i < TRIES; i++) {
		if (!set->port_count)
			return NULL;
		out.port = bpf_htons(set->first_port + (start + i * 7) % set->port_count);
		reverse.port = out.port;
		if (key->protocol == IPPROTO_ICMP)
			reverse.peer_port = out.port;
		if (bpf_map_update_elem(&coming_in, &reverse, &back, BPF_NOEXIST) == 0) {
			bpf_map_update_elem(&going_out, key, &out, BPF_ANY);
			return bpf_map_lookup_elem(&going_out, key);
		}
	}
	return NULL;
}

SEC("tc")
int nat_egress(struct __sk_buff *skb)
{
	struct view v = {};
	struct inside key = {};
	struct binding *b;
	const struct settings *set;
	__u32 zero = 0;
	int seen = look(skb, &v, true);

	if (seen < 0)
		return event(-seen, TC_ACT_OK);
	set = bpf_map_lookup_elem(&settings, &zero);
	if (!set || (v.ip.saddr & set->mask) != set->network)
		return event(NOT_MINE, TC_ACT_OK);
	key.address = v.ip.saddr;
	key.peer = v.ip.daddr;
	key.port = v.source;
	key.peer_port = v.target;
	key.protocol = v.ip.protocol;
	b = bpf_map_lookup_elem(&going_out, &key);
	if (!b)
		b = bind(set, &key);
	if (!b)
		return event(NO_PORT, TC_ACT_SHOT);
	b->packets++;
	b->closing |= v.closing;
	if (translate(skb, &v, true, b->address, b->port) < 0)
		return event(BROKEN, TC_ACT_SHOT);
	return event(TRANSLATED_OUT, TC_ACT_OK);
}

SEC("tc")
int nat_ingress(struct __sk_buff *skb)
{
	struct view v = {};
	struct outside key = {};
	struct binding *b;
	const struct settings *set;
	__u32 zero = 0;
	int seen = look(skb, &v, false);

	if (seen < 0)
		return event(-seen, TC_ACT_OK);
	set = bpf_map_lookup_elem(&settings, &zero);
	if (!set || v.ip.daddr != set->public)
		return event(NOT_MINE, TC_ACT_OK);
	key.peer = v.ip.saddr;
	key.port = v.target;
	key.peer_port = v.source;
	key.protocol = v.ip.protocol;
	b = bpf_map_lookup_elem(&coming_in, &key);
	if (!b)
		return event(UNKNOWN, TC_ACT_SHOT);
	b->packets++;
	b->closing |= v.closing;
	if (translate(skb, &v, false, b->address, b->port) < 0)
		return event(BROKEN, TC_ACT_SHOT);
	return event(TRANSLATED_IN, TC_ACT_OK);
}

char _license[] SEC("license") = "GPL";
