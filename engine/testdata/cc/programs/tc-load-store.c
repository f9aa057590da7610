#include "common.h"
SEC("tc") int rewrite(struct __sk_buff *skb)
{
	__u8 head[20];
	if (bpf_skb_load_bytes(skb, 14, head, sizeof(head)))
		return TC_ACT_SHOT;
	__be32 from = 0x0100000a;
	__u32 old;
	__builtin_memcpy(&old, head + 12, 4);
	bpf_l3_csum_replace(skb, 24, old, from, 4);
	if (bpf_skb_store_bytes(skb, 26, &from, sizeof(from), 0))
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}
char _license[] SEC("license") = "GPL";
