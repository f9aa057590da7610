#include <stddef.h>
#include <stdbool.h>
#include <string.h>
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/swab.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

struct nat_key {
	__be32 address;
	__be16 port;
	__u8 protocol;
	__u8 pad;
} __attribute__((packed));

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__type(key, struct nat_key);
	__type(value, __be32);
	__uint(max_entries, 1024);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} nat SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
	__uint(max_entries, 4);
} next SEC(".maps");

const volatile bool enabled = true;

SEC("tc")
int rewrite(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	struct nat_key key = { .protocol = 1 };
	struct iphdr *ip = data + ETH_HLEN;
	__be32 *to;

	if (!enabled || (void *)(ip + 1) > end)
		return TC_ACT_OK;
	memcpy(&key.address, &ip->daddr, sizeof(key.address));
	to = bpf_map_lookup_elem(&nat, &key);
	if (!to) {
		bpf_tail_call_static(skb, &next, 1);
		return TC_ACT_UNSPEC;
	}
	__be32 old = ip->daddr, now = *to;
	bpf_l3_csum_replace(skb, ETH_HLEN + offsetof(struct iphdr, check), old, now, sizeof(now));
	bpf_skb_store_bytes(skb, ETH_HLEN + offsetof(struct iphdr, daddr), &now, sizeof(now), 0);
	skb->tc_classid = TC_H_MAKE(1 << 16, ICMP_ECHO + ICMPV6_ECHO_REQUEST);
	return bpf_redirect(skb->ifindex, BPF_F_INGRESS);
}

char _license[] SEC("license") = "Dual BSD/GPL";
