// context/invalid-access
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int late(struct __sk_buff *skb)
{
	return skb->remote_ip4 ? 2 : 0;
}

char LICENSE[] SEC("license") = "GPL";
