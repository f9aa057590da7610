#include "common.h"
SEC("socket") int filter(struct __sk_buff *skb)
{
	__u8 proto = 0;
	bpf_skb_load_bytes(skb, 23, &proto, 1);
	return proto == IPPROTO_TCP ? skb->len : 0;
}
char _license[] SEC("license") = "GPL";
