#include "common.h"
SEC("tc") int mark(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;
	if ((void *)(eth + 1) > end)
		return TC_ACT_SHOT;
	skb->mark = bpf_ntohs(eth->h_proto);
	skb->cb[0] = skb->len;
	skb->priority = skb->cb[0] + skb->mark;
	return skb->mark == ETH_P_IP ? TC_ACT_OK : TC_ACT_UNSPEC;
}
char _license[] SEC("license") = "GPL";
