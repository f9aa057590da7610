#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
struct task_struct { int pid, tgid; struct task_struct *real_parent; char comm[16]; unsigned int flags; } __attribute__((preserve_access_index));
struct task_struct___gone { int no_such_member; } __attribute__((preserve_access_index));
int parent, flags, exists, size;
SEC("raw_tp/sys_enter") int parents(void *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	parent = BPF_CORE_READ(t, real_parent, tgid);
	flags = BPF_CORE_READ(t, flags);
	exists = bpf_core_field_exists(t->comm) + bpf_core_field_exists(((struct task_struct___gone *)t)->no_such_member) * 2;
	size = bpf_core_type_size(struct task_struct) + bpf_core_field_size(t->comm) + bpf_core_field_offset(t->pid);
	return 0;
}
char _license[] SEC("license") = "GPL";
