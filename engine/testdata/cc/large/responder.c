// A host that exists in XDP alone: answers ARP, echo requests and neighbour solicitations for its addresses, sends datagrams to
// port 7 back, and refuses connections with RST.
// fill hosts4 0a000001 = 020000000001
// fill hosts4 0a000002 = 020000000002
// fill hosts6 fd000000000000000000000000000001 = 020000000001
// fill hosts6 fe800000000000000000000000000001 = 020000000001
#include "wire.h"
#include "sums.h"
#include <linux/if_arp.h>

#define ND_SOLICIT 135
#define ND_ADVERTISE 136
#define ECHO_PORT 7

struct mac {
	__u8 bytes[ETH_ALEN];
};

struct arp_packet {
	__be16 hardware, protocol;
	__u8 hardware_size, protocol_size;
	__be16 operation;
	__u8 sender_mac[ETH_ALEN];
	__u8 sender[4];
	__u8 target_mac[ETH_ALEN];
	__u8 target[4];
} __attribute__((packed));

struct solicitation {
	struct icmp6hdr icmp;
	struct in6_addr target;
};

struct link_option {
	__u8 type, length;
	__u8 mac[ETH_ALEN];
};

enum answer { ANSWER_ARP, ANSWER_ECHO4, ANSWER_ECHO6, ANSWER_ND, ANSWER_UDP, ANSWER_RST, ANSWERS };

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __be32);
	__type(value, struct mac);
} hosts4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, struct in6_addr);
	__type(value, struct mac);
} hosts6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, ANSWERS);
	__type(key, __u32);
	__type(value, __u64);
} answers SEC(".maps");

static __always_inline int answered(__u32 which)
{
	__u64 *n = bpf_map_lookup_elem(&answers, &which);

	if (n)
		*n += 1;
	return XDP_TX;
}

static __always_inline void turn_link(struct ethhdr *eth, const struct mac *own)
{
	__builtin_memcpy(eth->h_dest, eth->h_source, ETH_ALEN);
	__builtin_memcpy(eth->h_source, own->bytes, ETH_ALEN);
}

static __always_inline void turn_ip(struct iphdr *ip)
{
	__be32 address = ip->saddr;

	ip->saddr = ip->daddr;
	ip->daddr = address;
}

static __always_inline int answer_arp(struct ethhdr *eth, void *end)
{
	struct arp_packet *arp = (void *)(eth + 1);
	struct mac *own;
	__be32 wanted;

	if ((void *)(arp + 1) > end)
		return XDP_DROP;
	if (arp->hardware != bpf_htons(ARPHRD_ETHER) || arp->protocol != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (arp->operation != bpf_htons(ARPOP_REQUEST) || arp->hardware_size != 6 || arp->protocol_size != 4)
		return XDP_PASS;
	__builtin_memcpy(&wanted, arp->target, sizeof(wanted));
	own = bpf_map_lookup_elem(&hosts4, &wanted);
	if (!own)
		return XDP_PASS;
	turn_link(eth, own);
	arp->operation = bpf_htons(ARPOP_REPLY);
	__builtin_memcpy(arp->target_mac, arp->sender_mac, ETH_ALEN);
	__builtin_memcpy(arp->target, arp->sender, 4);
	__builtin_memcpy(arp->sender_mac, own->bytes, ETH_ALEN);
	__builtin_memcpy(arp->sender, &wanted, 4);
	return answered(ANSWER_ARP);
}

static __always_inline int reset(struct xdp_md *ctx, void *end, struct ethhdr *eth, struct iphdr *ip, struct tcphdr *tcp,
				 const struct mac *own)
{
	__be32 sequence = tcp->seq;
	__be16 port = tcp->source;
	__be32 acknowledged = tcp->ack_seq;
	const __u16 *words;
	__u64 sum = 0;
	int has_ack = tcp->ack;
	int cut;

	if (tcp->rst)
		return XDP_DROP;
	turn_link(eth, own);
	turn_ip(ip);
	ip->tot_len = bpf_htons(sizeof(*ip) + sizeof(*tcp));
	ip->ttl = 64;
	ip->id = 0;
	ip->check = 0;
	ip->check = sum_of_header(ip, 10);
	tcp->source = tcp->dest;
	tcp->dest = port;
	tcp->seq = has_ack ? acknowledged : 0;
	tcp->ack_seq = has_ack ? 0 : bpf_htonl(bpf_ntohl(sequence) + 1);
	*(__be16 *)((void *)tcp + 12) = bpf_htons(5 << 12 | (has_ack ? 0x04 : 0x14));
	tcp->window = 0;
	tcp->urg_ptr = 0;
	tcp->check = 0;
	words = (void *)&ip->saddr;
#pragma unroll
	for (int i = 0; i < (8 + sizeof(*tcp)) / 2; i++)
		sum += words[i];
	sum += bpf_htons(IPPROTO_TCP) + bpf_htons(sizeof(*tcp));
	tcp->check = ~sum_fold(sum);
	cut = (int)(sizeof(*eth) + sizeof(*ip) + sizeof(*tcp)) - (int)(ctx->data_end - ctx->data);
	if (cut && bpf_xdp_adjust_tail(ctx, cut))
		return XDP_ABORTED;
	return answered(ANSWER_RST);
}

static __always_inline int answer_ipv4(struct xdp_md *ctx, struct ethhdr *eth, void *end)
{
	struct iphdr *ip = (void *)(eth + 1);
	struct mac *own;

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	if (ip->version != 4 || ip->ihl != 5 || is_fragment(ip))
		return XDP_PASS;
	own = bpf_map_lookup_elem(&hosts4, &ip->daddr);
	if (!own)
		return XDP_PASS;
	if (ip->protocol == IPPROTO_ICMP) {
		struct icmphdr *icmp = (void *)(ip + 1);

		if ((void *)(icmp + 1) > end)
			return XDP_DROP;
		if (icmp->type != ICMP_ECHO || icmp->code)
			return XDP_PASS;
		turn_link(eth, own);
		turn_ip(ip);
		sum_replace16(&icmp->checksum, bpf_htons(ICMP_ECHO << 8), bpf_htons(ICMP_ECHOREPLY << 8));
		icmp->type = ICMP_ECHOREPLY;
		return answered(ANSWER_ECHO4);
	}
	if (ip->protocol == IPPROTO_UDP) {
		struct udphdr *udp = (void *)(ip + 1);
		__be16 port;

		if ((void *)(udp + 1) > end)
			return XDP_DROP;
		if (udp->dest != bpf_htons(ECHO_PORT) && udp->dest != bpf_htons(9000))
			return XDP_PASS;
		turn_link(eth, own);
		turn_ip(ip);
		port = udp->source;
		udp->source = udp->dest;
		udp->dest = port;
		return answered(ANSWER_UDP);
	}
	if (ip->protocol == IPPROTO_TCP) {
		struct tcphdr *tcp = (void *)(ip + 1);

		if ((void *)(tcp + 1) > end)
			return XDP_DROP;
		return reset(ctx, end, eth, ip, tcp, own);
	}
	return XDP_PASS;
}

static __always_inline int advertise(struct ethhdr *eth, struct ipv6hdr *ip, void *end)
{
	struct solicitation *nd = (void *)(ip + 1);
	struct link_option *option = (void *)(nd + 1);
	const struct mac *own;
	const __u16 *words;
	__u64 sum = 0;

	if ((void *)(option + 1) > end)
		return XDP_PASS;
	own = bpf_map_lookup_elem(&hosts6, &nd->target);
	if (!own || ip->hop_limit != 255 || option->type != 1)
		return XDP_PASS;
	turn_link(eth, own);
	ip->daddr = ip->saddr;
	ip->saddr = nd->target;
	ip->payload_len = bpf_htons(sizeof(*nd) + sizeof(*option));
	nd->icmp.icmp6_type = ND_ADVERTISE;
	nd->icmp.icmp6_code = 0;
	/* Solicited, override. */
	nd->icmp.icmp6_dataun.un_data32[0] = bpf_htonl(0x60000000);
	option->type = 2;
	__builtin_memcpy(option->mac, own->bytes, ETH_ALEN);
	nd->icmp.icmp6_cksum = 0;
	words = (void *)&ip->saddr;
#pragma unroll
	for (int i = 0; i < (32 + sizeof(*nd) + sizeof(*option)) / 2; i++)
		sum += words[i];
	sum += ip->payload_len + bpf_htons(IPPROTO_ICMPV6);
	nd->icmp.icmp6_cksum = ~sum_fold(sum);
	return answered(ANSWER_ND);
}

static __always_inline int answer_ipv6(struct ethhdr *eth, void *end)
{
	struct ipv6hdr *ip = (void *)(eth + 1);
	struct icmp6hdr *icmp = (void *)(ip + 1);
	struct in6_addr address;
	const struct mac *own;

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	if (ip->nexthdr != IPPROTO_ICMPV6 || (void *)(icmp + 1) > end)
		return XDP_PASS;
	if (icmp->icmp6_type == ND_SOLICIT)
		return advertise(eth, ip, end);
	if (icmp->icmp6_type != ICMPV6_ECHO_REQUEST)
		return XDP_PASS;
	own = bpf_map_lookup_elem(&hosts6, &ip->daddr);
	if (!own)
		return XDP_PASS;
	turn_link(eth, own);
	address = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = address;
	sum_replace16(&icmp->icmp6_cksum, bpf_htons(ICMPV6_ECHO_REQUEST << 8), bpf_htons(ICMPV6_ECHO_REPLY << 8));
	icmp->icmp6_type = ICMPV6_ECHO_REPLY;
	return answered(ANSWER_ECHO6);
}

SEC("xdp")
int respond(struct xdp_md *ctx)
{
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = (void *)(long)ctx->data;

	if ((void *)(eth + 1) > end)
		return XDP_DROP;
	switch (eth->h_proto) {
	case bpf_htons(ETH_P_ARP):
		return answer_arp(eth, end);
	case bpf_htons(ETH_P_IP):
		return answer_ipv4(ctx, eth, end);
	case bpf_htons(ETH_P_IPV6):
		return answer_ipv6(eth, end);
	}
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
