// memory/not-a-pointer
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("raw_tp/sched_process_exec")
int executed(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	int parent = task->real_parent->tgid;

	return parent == 1;
}

char LICENSE[] SEC("license") = "GPL";
