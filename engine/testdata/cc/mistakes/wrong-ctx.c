#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("tc") int prog(struct sk_buf *skb)
{
	return skb->len;
}
char LICENSE[] SEC("license") = "GPL";
