// A cursor over a packet, and the headers that programs of this folder read through it.
#ifndef WIRE_H
#define WIRE_H
#include <linux/types.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#define IP_MF 0x2000
#define IP_OFFMASK 0x1fff
#define MOST_TAGS 2

struct wire {
	void *at;
	void *end;
};

struct vlan_tag {
	__be16 tci;
	__be16 proto;
};

static __always_inline int wire_has(const struct wire *w, __u32 size)
{
	return w->at + size <= w->end;
}

#define WIRE_TAKE(w, pointer)                                   \
	({                                                      \
		int __ok = 0;                                   \
		(pointer) = (w)->at;                            \
		if ((void *)((pointer) + 1) <= (w)->end) {      \
			(w)->at = (pointer) + 1;                \
			__ok = 1;                               \
		}                                               \
		__ok;                                           \
	})

/* Answers the Ethertype behind up to two tags, 0 when the frame ends too early. */
static __always_inline __be16 wire_ethernet(struct wire *w, struct ethhdr **eth, __u16 *vlan)
{
	struct vlan_tag *tag;
	__be16 proto;

	*vlan = 0;
	if (!WIRE_TAKE(w, *eth))
		return 0;
	proto = (*eth)->h_proto;
#pragma unroll
	for (int i = 0; i < MOST_TAGS; i++) {
		if (proto != bpf_htons(ETH_P_8021Q) && proto != bpf_htons(ETH_P_8021AD))
			break;
		if (!WIRE_TAKE(w, tag))
			return 0;
		if (i == 0)
			*vlan = bpf_ntohs(tag->tci) & 0xfff;
		proto = tag->proto;
	}
	return proto;
}

/* Options are skipped. Answers 0 for what is no IPv4 header. */
static __always_inline int wire_ipv4(struct wire *w, struct iphdr **ip)
{
	__u32 length;

	if (!WIRE_TAKE(w, *ip))
		return 0;
	length = (*ip)->ihl * 4;
	if ((*ip)->version != 4 || length < sizeof(**ip))
		return 0;
	if ((void *)*ip + length > w->end)
		return 0;
	w->at = (void *)*ip + length;
	return 1;
}

static __always_inline int is_fragment(const struct iphdr *ip)
{
	return (ip->frag_off & bpf_htons(IP_MF | IP_OFFMASK)) != 0;
}

static __always_inline int is_later_fragment(const struct iphdr *ip)
{
	return (ip->frag_off & bpf_htons(IP_OFFMASK)) != 0;
}
#endif
