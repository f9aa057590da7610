// kfunc/untrusted
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern struct task_struct *bpf_task_acquire(struct task_struct *task) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;

SEC("tp_btf/sched_switch")
int BPF_PROG(switched, bool preempt, struct task_struct *prev)
{
	struct task_struct *parent = bpf_task_acquire(prev->last_wakee);

	if (parent)
		bpf_task_release(parent);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
