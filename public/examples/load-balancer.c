// A load balancer: TCP to 10.0.0.100 goes to one of two backends, chosen by a hash of source address and port. The destination
// address is rewritten, and the IPv4 and TCP checksums are mended with the difference. `mend` is a global function: the verifier
// judges it once, by itself; `choose` is static and judged with each call.
// Try: open the fields of a packet before and after; both checksums stay correct.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define VIRTUAL bpf_htonl(0x0a000064)

struct backend {
	__be32 address;
	__u8 mac[ETH_ALEN];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, struct backend);
	__uint(max_entries, 2);
} backends SEC(".maps");

/* The checksum after a word has changed (RFC 1624). */
__noinline __u16 mend(__u16 check, __u32 before, __u32 after)
{
	__u32 sum = (__u16)~check;

	sum += (__u16)~before;
	sum += (__u16)(~before >> 16);
	sum += (__u16)after;
	sum += after >> 16;
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static __noinline __u32 choose(__u32 address, __u32 port)
{
	__u32 mixed = address ^ port;

	mixed ^= mixed >> 16;
	return (mixed * 0x9e3779b1) >> 31;
}

SEC("xdp")
int balance(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct tcphdr *tcp = (void *)(ip + 1);

	if ((void *)(tcp + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (ip->ihl != 5 || ip->protocol != IPPROTO_TCP || ip->daddr != VIRTUAL)
		return XDP_PASS;

	__u32 key = choose(ip->saddr, tcp->source);
	struct backend *to = bpf_map_lookup_elem(&backends, &key);
	if (!to || !to->address)
		return XDP_PASS;

	__builtin_memcpy(eth->h_dest, to->mac, ETH_ALEN);
	ip->check = mend(ip->check, ip->daddr, to->address);
	tcp->check = mend(tcp->check, ip->daddr, to->address);
	ip->daddr = to->address;
	return XDP_TX;
}

char _license[] SEC("license") = "GPL";
