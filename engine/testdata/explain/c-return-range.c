// return/out-of-range
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("cgroup/sock_create")
int allow(struct bpf_sock *sk)
{
	return 2;
}

char LICENSE[] SEC("license") = "GPL";
