// reference/not-held
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int owner(struct __sk_buff *skb)
{
	struct bpf_sock *sk = skb->sk;

	if (!sk)
		return 0;
	bpf_sk_release(sk);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
