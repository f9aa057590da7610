// memory/not-a-pointer
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("kprobe/do_unlinkat")
int BPF_KPROBE(unlinked, int dfd, struct filename *name)
{
	int refs = name->refcnt.counter;

	bpf_printk("%d", refs);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
