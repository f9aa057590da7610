#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct task_struct { int pid, tgid; struct task_struct *real_parent; } __attribute__((preserve_access_index));
int last;
SEC("tp_btf/sys_enter") int direct(__u64 *ctx)
{
	struct task_struct *t = bpf_get_current_task_btf();
	last = t->pid + t->real_parent->tgid;
	return 0;
}
char _license[] SEC("license") = "GPL";
