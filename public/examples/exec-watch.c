// Tracing with the kernel's own types: at each exec, which file, and whose child. Fields of kernel structs are read through CO-RE,
// which finds their offsets in the kernel that the program is loaded into. It is judged; no packet reaches it.
// Try: hover over `real_parent`, and look at the CO-RE relocations in the Object panel.

#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct event {
	__u32 pid;
	__u32 parent;
	char file[64];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("tp_btf/sched_process_exec")
int BPF_PROG(watch_exec, struct task_struct *task, pid_t before, struct linux_binprm *binary)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 0;
	event->pid = task->tgid;
	event->parent = BPF_CORE_READ(task, real_parent, tgid);
	bpf_probe_read_kernel_str(event->file, sizeof(event->file), binary->filename);
	bpf_ringbuf_submit(event, 0);
	return 0;
}

char _license[] SEC("license") = "GPL";
