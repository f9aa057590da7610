// helper/sleeps
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("lsm/file_open")
int BPF_PROG(opened, struct file *file)
{
	char text[8] = {};

	bpf_copy_from_user(text, sizeof(text), (void *)0x1000);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
