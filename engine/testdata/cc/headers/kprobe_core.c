#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>

struct event {
	u32 pid, ppid, uid;
	char comm[TASK_COMM_LEN];
	char name[64];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} events SEC(".maps");

SEC("kprobe/do_unlinkat")
int BPF_KPROBE(unlinked, int dfd, struct filename *name)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 0;
	event->pid = bpf_get_current_pid_tgid() >> 32;
	event->ppid = BPF_CORE_READ(task, real_parent, tgid);
	event->uid = BPF_CORE_READ(task, cred, uid.val);
	bpf_get_current_comm(event->comm, sizeof(event->comm));
	BPF_CORE_READ_STR_INTO(&event->name, task, mm, exe_file, f_path.dentry, d_name.name);
	if (bpf_core_field_exists(task->__state) && bpf_core_type_exists(struct io_uring_task))
		event->pid |= bpf_core_enum_value(enum bpf_map_type, BPF_MAP_TYPE_RINGBUF);
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("kretprobe/do_unlinkat")
int BPF_KRETPROBE(unlinked_done, long result)
{
	bpf_printk("returned %ld from %lx", result, PT_REGS_IP(ctx));
	return 0;
}

SEC("ksyscall/openat")
int BPF_KSYSCALL(opened, int dfd, const char *name, int flags)
{
	char path[32];

	bpf_probe_read_user_str(path, sizeof(path), name);
	bpf_printk("%d %s %x %d %d", dfd, path, flags, 4, 5);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
