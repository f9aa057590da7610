// return/out-of-range
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("lsm/file_open")
int BPF_PROG(opened, struct file *file)
{
	int ret = bpf_get_prandom_u32();

	return ret;
}

char LICENSE[] SEC("license") = "GPL";
