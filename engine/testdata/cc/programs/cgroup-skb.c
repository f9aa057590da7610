#include "common.h"
SEC("cgroup_skb/egress") int egress(struct __sk_buff *skb)
{
	struct iphdr ip;
	if (bpf_skb_load_bytes(skb, 0, &ip, sizeof(ip)))
		return 0;
	return ip.version == 4 && ip.protocol != IPPROTO_ICMP;
}
char _license[] SEC("license") = "GPL";
