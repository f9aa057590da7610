// helper/unknown
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>

struct task_struct___old {
	int state_before;
} __attribute__((preserve_access_index));

SEC("raw_tp/sched_switch")
int switched(void *ctx)
{
	struct task_struct___old *task = (void *)bpf_get_current_task();

	return BPF_CORE_READ(task, state_before);
}

char LICENSE[] SEC("license") = "GPL";
