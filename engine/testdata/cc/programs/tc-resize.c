#include "common.h"
SEC("tc") int resize(struct __sk_buff *skb)
{
	if (bpf_skb_pull_data(skb, 34))
		return TC_ACT_SHOT;
	bpf_skb_change_tail(skb, skb->len + 4, 0);
	__u32 hash = bpf_get_hash_recalc(skb);
	skb->tc_index = hash & 1;
	return bpf_redirect(1, 0) == TC_ACT_REDIRECT ? TC_ACT_OK : TC_ACT_SHOT;
}
char _license[] SEC("license") = "GPL";
