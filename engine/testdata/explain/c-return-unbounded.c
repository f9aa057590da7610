// return/out-of-range
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("cgroup/sock_create")
int allow(struct bpf_sock *sk)
{
	__u32 family = sk->family;

	return family;
}

char LICENSE[] SEC("license") = "GPL";
