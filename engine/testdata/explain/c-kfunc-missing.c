// helper/unknown
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern int bpf_not_in_this_kernel(int n) __ksym __weak;

SEC("tc")
int ask(struct __sk_buff *skb)
{
	return bpf_not_in_this_kernel(1);
}

char LICENSE[] SEC("license") = "GPL";
