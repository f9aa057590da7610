#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

struct vlan_hdr {
	__be16 h_vlan_TCI;
	__be16 h_vlan_encapsulated_proto;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
	__uint(max_entries, 256);
} packets SEC(".maps");

static __always_inline int count(__u32 protocol)
{
	__u64 *value = bpf_map_lookup_elem(&packets, &protocol);

	if (!value)
		return XDP_ABORTED;
	__sync_fetch_and_add(value, 1);
	return XDP_PASS;
}

SEC("xdp")
int parse(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	__u16 proto;

	if (data + sizeof(*eth) > end)
		return XDP_DROP;
	proto = eth->h_proto;
	data += sizeof(*eth);
#pragma unroll
	for (int i = 0; i < 2; i++) {
		struct vlan_hdr *vlan = data;

		if (proto != bpf_htons(ETH_P_8021Q) && proto != bpf_htons(ETH_P_8021AD))
			break;
		if (data + sizeof(*vlan) > end)
			return XDP_DROP;
		proto = vlan->h_vlan_encapsulated_proto;
		data += sizeof(*vlan);
	}
	switch (proto) {
	case bpf_htons(ETH_P_IP): {
		struct iphdr *ip = data;

		if (data + sizeof(*ip) > end || ip->ihl < 5)
			return XDP_DROP;
		if (ip->protocol == IPPROTO_TCP) {
			struct tcphdr *tcp = data + ip->ihl * 4;

			if ((void *)(tcp + 1) > end)
				return XDP_DROP;
			if (tcp->syn && !tcp->ack && tcp->dest == bpf_htons(80))
				return XDP_TX;
		}
		return count(ip->protocol);
	}
	case bpf_htons(ETH_P_IPV6): {
		struct ipv6hdr *ip6 = data;

		if (data + sizeof(*ip6) > end)
			return XDP_DROP;
		bpf_printk("v6 to %pI6 port %d", &ip6->daddr, ip6->nexthdr);
		return count(ip6->nexthdr);
	}
	}
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
