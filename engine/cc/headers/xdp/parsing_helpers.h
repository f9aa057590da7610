// Headers of packets, one after the other: each function checks that the header at the cursor lies within the packet, moves the cursor
// behind it and gives the type of what follows, or -1.
#ifndef __PARSING_HELPERS_H
#define __PARSING_HELPERS_H
#include <stddef.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/udp.h>
#include <linux/tcp.h>
#include <linux/in.h>
#include <bpf/bpf_endian.h>

/** Where in the packet the next header is. */
struct hdr_cursor {
	void *pos;
};

struct vlan_hdr {
	__be16 h_vlan_TCI;
	__be16 h_vlan_encapsulated_proto;
};

/** What ICMP and ICMPv6 have in common. */
struct icmphdr_common {
	__u8 type;
	__u8 code;
	__sum16 cksum;
};

#ifndef VLAN_MAX_DEPTH
#define VLAN_MAX_DEPTH 4
#endif

#ifndef VLAN_VID_MASK
#define VLAN_VID_MASK 0x0fff
#endif

#ifndef IPV6_EXT_MAX_CHAIN
#define IPV6_EXT_MAX_CHAIN 6
#endif

struct collect_vlans {
	__u16 id[VLAN_MAX_DEPTH];
};

#define __parsing static __attribute__((always_inline, unused)) inline

__parsing int proto_is_vlan(__u16 proto)
{
	return proto == bpf_htons(ETH_P_8021Q) || proto == bpf_htons(ETH_P_8021AD);
}

__parsing int parse_ethhdr_vlan(struct hdr_cursor *nh, void *data_end, struct ethhdr **ethhdr,
				struct collect_vlans *vlans)
{
	struct ethhdr *eth = nh->pos;
	struct vlan_hdr *tag = (void *)(eth + 1);
	__u16 proto;

	if ((void *)(eth + 1) > data_end)
		return -1;
	proto = eth->h_proto;
#pragma unroll
	for (int i = 0; i < VLAN_MAX_DEPTH; i++) {
		if (!proto_is_vlan(proto) || (void *)(tag + 1) > data_end)
			break;
		proto = tag->h_vlan_encapsulated_proto;
		if (vlans)
			vlans->id[i] = bpf_ntohs(tag->h_vlan_TCI) & VLAN_VID_MASK;
		tag++;
	}
	*ethhdr = eth;
	nh->pos = tag;
	return proto;
}

__parsing int parse_ethhdr(struct hdr_cursor *nh, void *data_end, struct ethhdr **ethhdr)
{
	return parse_ethhdr_vlan(nh, data_end, ethhdr, NULL);
}

__parsing int skip_ip6hdrext(struct hdr_cursor *nh, void *data_end, __u8 next)
{
	for (int i = 0; i < IPV6_EXT_MAX_CHAIN; i++) {
		struct ipv6_opt_hdr *hdr = nh->pos;

		if ((void *)(hdr + 1) > data_end)
			return -1;
		switch (next) {
		case IPPROTO_HOPOPTS:
		case IPPROTO_DSTOPTS:
		case IPPROTO_ROUTING:
		case IPPROTO_MH:
			nh->pos = (char *)hdr + (hdr->hdrlen + 1) * 8;
			break;
		case IPPROTO_AH:
			nh->pos = (char *)hdr + (hdr->hdrlen + 2) * 4;
			break;
		case IPPROTO_FRAGMENT:
			nh->pos = (char *)hdr + 8;
			break;
		default:
			return next;
		}
		next = hdr->nexthdr;
	}
	return -1;
}

__parsing int parse_ip6hdr(struct hdr_cursor *nh, void *data_end, struct ipv6hdr **ip6hdr)
{
	struct ipv6hdr *ip = nh->pos;

	if ((void *)(ip + 1) > data_end || ip->version != 6)
		return -1;
	nh->pos = ip + 1;
	*ip6hdr = ip;
	return skip_ip6hdrext(nh, data_end, ip->nexthdr);
}

__parsing int parse_iphdr(struct hdr_cursor *nh, void *data_end, struct iphdr **iphdr)
{
	struct iphdr *ip = nh->pos;
	int size;

	if ((void *)(ip + 1) > data_end || ip->version != 4)
		return -1;
	size = ip->ihl * 4;
	if (size < (int)sizeof(*ip) || nh->pos + size > data_end)
		return -1;
	nh->pos += size;
	*iphdr = ip;
	return ip->protocol;
}

__parsing int parse_icmp6hdr(struct hdr_cursor *nh, void *data_end, struct icmp6hdr **icmp6hdr)
{
	struct icmp6hdr *icmp = nh->pos;

	if ((void *)(icmp + 1) > data_end)
		return -1;
	nh->pos = icmp + 1;
	*icmp6hdr = icmp;
	return icmp->icmp6_type;
}

__parsing int parse_icmphdr(struct hdr_cursor *nh, void *data_end, struct icmphdr **icmphdr)
{
	struct icmphdr *icmp = nh->pos;

	if ((void *)(icmp + 1) > data_end)
		return -1;
	nh->pos = icmp + 1;
	*icmphdr = icmp;
	return icmp->type;
}

__parsing int parse_icmphdr_common(struct hdr_cursor *nh, void *data_end,
				   struct icmphdr_common **icmphdr)
{
	struct icmphdr_common *icmp = nh->pos;

	if ((void *)(icmp + 1) > data_end)
		return -1;
	nh->pos = icmp + 1;
	*icmphdr = icmp;
	return icmp->type;
}

/** Gives the length of what UDP carries. */
__parsing int parse_udphdr(struct hdr_cursor *nh, void *data_end, struct udphdr **udphdr)
{
	struct udphdr *udp = nh->pos;
	int size;

	if ((void *)(udp + 1) > data_end)
		return -1;
	nh->pos = udp + 1;
	*udphdr = udp;
	size = bpf_ntohs(udp->len) - sizeof(*udp);
	return size < 0 ? -1 : size;
}

/** Gives the length of the header with its options. */
__parsing int parse_tcphdr(struct hdr_cursor *nh, void *data_end, struct tcphdr **tcphdr)
{
	struct tcphdr *tcp = nh->pos;
	int size;

	if ((void *)(tcp + 1) > data_end)
		return -1;
	size = tcp->doff * 4;
	if (size < (int)sizeof(*tcp) || nh->pos + size > data_end)
		return -1;
	nh->pos += size;
	*tcphdr = tcp;
	return size;
}

#undef __parsing

#endif
