// Headers as C libraries layer them, a packet by the names of BSD, and helpers that walk through its headers.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <netinet/if_ether.h>
#include <arpa/inet.h>
#include <sys/param.h>
#include <linux/capability.h>
#include <linux/fib_rules.h>
#include <linux/seccomp.h>
#include <xdp/parsing_helpers.h>

SEC("xdp") int by_library_names(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ether_header *eth = data;
	struct ip *ip = (void *)(eth + 1);
	struct tcphdr *tcp = (void *)(ip + 1);

	if ((void *)(tcp + 1) > end || eth->ether_type != htons(ETHERTYPE_IP))
		return XDP_PASS;
	if (ip->ip_v != IPVERSION || ip->ip_hl != 5 || ip->ip_p != IPPROTO_TCP)
		return XDP_PASS;
	return (tcp->th_flags & TH_SYN) && tcp->th_dport == htons(MIN(80, 8080)) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") int by_cursor(struct xdp_md *ctx)
{
	void *end = (void *)(long)ctx->data_end;
	struct hdr_cursor next = {.pos = (void *)(long)ctx->data};
	struct ethhdr *eth;
	struct ipv6hdr *ip6;
	struct udphdr *udp;

	if (parse_ethhdr(&next, end, &eth) != htons(ETH_P_IPV6))
		return XDP_PASS;
	if (parse_ip6hdr(&next, end, &ip6) != IPPROTO_UDP || parse_udphdr(&next, end, &udp) < 0)
		return XDP_PASS;
	return udp->uh_dport == htons(53) ? XDP_TX : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
