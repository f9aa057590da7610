// A port firewall: a hash map holds the TCP ports that are closed, and counts how often each was tried.
// Try: open the Maps panel and add port 443 (key 01bb, value 8 zero bytes), then run the packets again.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__type(key, __be16);
	__type(value, __u64);
	__uint(max_entries, 256);
} closed_ports SEC(".maps");

SEC("xdp")
int firewall(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);

	if ((void *)(ip + 1) > data_end)
		return XDP_PASS;
	if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;

	struct tcphdr *tcp = (void *)ip + ip->ihl * 4;
	if ((void *)(tcp + 1) > data_end)
		return XDP_PASS;

	__be16 port = tcp->dest;
	__u64 *tried = bpf_map_lookup_elem(&closed_ports, &port);
	if (!tried)
		return XDP_PASS;
	__sync_fetch_and_add(tried, 1);
	return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
