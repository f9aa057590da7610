// attach/target
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("lsm/file_open")
int BPF_PROG(opened, struct file *file)
{
	return 0;
}

char LICENSE[] SEC("license") = "BSD";
