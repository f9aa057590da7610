#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

int table[64];
int sum;

static int add(u32 index, int *to)
{
	*to += index;
	return 0;
}

SEC("iter/task")
int tasks(struct bpf_iter__task *ctx)
{
	struct seq_file *seq = ctx->meta->seq;

	struct task_struct *task = ctx->task;

	if (!task)
		return 0;
	BPF_SEQ_PRINTF(seq, "%8d %8d\n", task->tgid, task->pid);
	return 0;
}

SEC("raw_tp/sys_enter")
int loops(const void *ctx)
{
	int i, local = 0, *number;
	char text[16];

	bpf_for(i, 0, 64) {
		if (table[i] == 0)
			continue;
		local += table[i];
	}
	bpf_repeat(3)
		local++;
	bpf_for_each(num, number, 0, 5)
		local += *number;
	bpf_loop(10, add, &local, 0);
	BPF_SNPRINTF(text, sizeof(text), "%d %s", local, "x");
	sum = local;
	return 0;
}

char _license[] SEC("license") = "GPL";
