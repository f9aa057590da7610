// Packets through dynptrs, by functions of the kernel: slices in place of bounds checks, a clone with its own bounds for the payload,
// a time to live that is lowered in place or through a buffer. The same parser serves XDP, TC and a socket filter.
// Try: run `parse_socket` instead; its dynptr is read-only.

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <bpf_kfuncs.h>

#define LARGEST_TCP 60

struct flow_stats {
	__u64 packets;
	__u64 payload;
	__u32 first_bytes;
	__u32 options;
};

struct flow_id {
	__be32 source, target;
	__be16 source_port, target_port;
	__u32 protocol;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct flow_id);
	__type(value, struct flow_stats);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} notes SEC(".maps");

enum { NOTE_SHORT, NOTE_NULL_SLICE, NOTE_SIZE, NOTE_ADJUST, NOTE_CLONE, NOTE_WRITE, NOTE_RDONLY, NOTE_COPY };

static __always_inline void note(__u32 which, __u64 value)
{
	__u64 *n = bpf_map_lookup_elem(&notes, &which);

	if (n)
		*n += value;
}

static __always_inline void account(const struct flow_id *id, __u32 payload, __u32 first, __u32 options)
{
	struct flow_stats *s = bpf_map_lookup_elem(&flows, id);

	if (s) {
		s->packets++;
		s->payload += payload;
		s->options += options;
	} else {
		struct flow_stats fresh = { 1, payload, first, options };

		bpf_map_update_elem(&flows, id, &fresh, BPF_ANY);
	}
}

/* The payload as a dynptr of its own, its first word for the table. */
static __always_inline int look_at_payload(const struct bpf_dynptr *packet, __u32 start, __u32 *first, __u32 *length)
{
	struct bpf_dynptr payload;
	__u32 size = bpf_dynptr_size(packet);
	int error;

	*first = 0;
	*length = 0;
	error = bpf_dynptr_clone(packet, &payload);
	if (error) {
		note(NOTE_CLONE, -error);
		return -1;
	}
	error = bpf_dynptr_adjust(&payload, start, size);
	if (error) {
		note(NOTE_ADJUST, -error);
		return -1;
	}
	*length = bpf_dynptr_size(&payload);
	if (bpf_dynptr_read(first, sizeof(*first), &payload, 0, 0))
		note(NOTE_SHORT, 1);
	if (bpf_dynptr_is_rdonly(&payload))
		note(NOTE_RDONLY, 1);
	return 0;
}

static __always_inline int parse(struct bpf_dynptr *packet, int link)
{
	struct flow_id id = {};
	struct iphdr ip_room, *ip;
	struct ethhdr eth_room, *eth;
	__u32 at = 0, options = 0, first, length;

	if (link) {
		eth = bpf_dynptr_slice(packet, 0, &eth_room, sizeof(eth_room));
		if (!eth || eth->h_proto != bpf_htons(ETH_P_IP))
			return 0;
		at = sizeof(*eth);
	}
	ip = bpf_dynptr_slice(packet, at, &ip_room, sizeof(ip_room));
	if (!ip) {
		note(NOTE_NULL_SLICE, 1);
		return -1;
	}
	if (ip->version != 4 || ip->ihl < 5)
		return -1;
	id.source = ip->saddr;
	id.target = ip->daddr;
	id.protocol = ip->protocol;
	if (ip->frag_off & bpf_htons(0x1fff))
		return 0;
	at += ip->ihl * 4;
	switch (ip->protocol) {
	case IPPROTO_TCP: {
		struct tcphdr room, *tcp = bpf_dynptr_slice(packet, at, &room, sizeof(room));

		if (!tcp)
			return -1;
		id.source_port = tcp->source;
		id.target_port = tcp->dest;
		options = tcp->doff * 4 - sizeof(*tcp);
		at += tcp->doff * 4;
		break;
	}
	case IPPROTO_UDP: {
		struct udphdr room, *udp = bpf_dynptr_slice(packet, at, &room, sizeof(room));

		if (!udp)
			return -1;
		id.source_port = udp->source;
		id.target_port = udp->dest;
		at += sizeof(*udp);
		break;
	}
	}
	if (look_at_payload(packet, at, &first, &length))
		return -1;
	account(&id, length, first, options);
	return 1;
}

/* Lowers the time to live in place, or through the buffer. */
static __always_inline int forward(struct bpf_dynptr *packet, __u32 at)
{
	struct iphdr room = {}, *ip = bpf_dynptr_slice_rdwr(packet, at, &room, sizeof(room));
	__u32 sum;

	if (!ip) {
		note(NOTE_NULL_SLICE, 1);
		return -1;
	}
	if (ip->ttl <= 1)
		return 1;
	ip->ttl--;
	sum = ip->check + bpf_htons(0x0100);
	ip->check = sum + (sum >= 0xffff);
	if (ip == &room && bpf_dynptr_write(packet, at, ip, sizeof(room), 0))
		return -1;
	return 0;
}

SEC("xdp")
int parse_xdp(struct xdp_md *ctx)
{
	struct bpf_dynptr packet;
	int kind;

	note(NOTE_SIZE, bpf_dynptr_from_xdp(ctx, 1, &packet) == -22);
	if (bpf_dynptr_is_null(&packet))
		note(NOTE_NULL_SLICE, 100);
	if (bpf_dynptr_from_xdp(ctx, 0, &packet))
		return XDP_ABORTED;
	note(NOTE_SIZE, bpf_dynptr_size(&packet));
	kind = parse(&packet, 1);
	if (kind < 0)
		return XDP_DROP;
	if (kind == 0)
		return XDP_PASS;
	return forward(&packet, ETH_HLEN) ? XDP_DROP : XDP_TX;
}

SEC("tc")
int parse_tc(struct __sk_buff *skb)
{
	struct bpf_dynptr packet, tail;
	__u64 *word;
	__u8 buffer[16] = {};
	int kind;

	if (bpf_dynptr_from_skb(skb, 0, &packet))
		return TC_ACT_SHOT;
	kind = parse(&packet, 1);
	if (kind <= 0)
		return kind < 0 ? TC_ACT_SHOT : TC_ACT_UNSPEC;
	if (bpf_dynptr_memset(&packet, 0, 6, 0xee))
		note(NOTE_WRITE, 1);
	if (bpf_dynptr_clone(&packet, &tail) || bpf_dynptr_adjust(&tail, 6, 12))
		return TC_ACT_SHOT;
	note(NOTE_ADJUST, -bpf_dynptr_adjust(&tail, 4, 2));
	note(NOTE_ADJUST, -bpf_dynptr_adjust(&tail, 0, 7));
	if (bpf_dynptr_copy(&packet, 2, &tail, 1, 4))
		note(NOTE_COPY, 1);
	note(NOTE_COPY, -bpf_dynptr_copy(&packet, 0, &tail, 3, 4));
	word = bpf_dynptr_slice(&packet, 20000, NULL, 8);
	if (word)
		return TC_ACT_SHOT;
	if (bpf_dynptr_data(&packet, 0, 4))
		return TC_ACT_SHOT;
	if (bpf_dynptr_read(buffer, sizeof(buffer), &packet, bpf_dynptr_size(&packet) - 8, 0) != -7)
		return TC_ACT_SHOT;
	return forward(&packet, ETH_HLEN) ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("socket")
int parse_socket(struct __sk_buff *skb)
{
	struct bpf_dynptr packet;

	if (bpf_dynptr_from_skb(skb, 0, &packet))
		return 0;
	note(NOTE_RDONLY, bpf_dynptr_is_rdonly(&packet));
	note(NOTE_WRITE, -bpf_dynptr_write(&packet, 0, "x", 1, 0));
	return parse(&packet, 0) > 0 ? -1 : 0;
}

char _license[] SEC("license") = "GPL";
