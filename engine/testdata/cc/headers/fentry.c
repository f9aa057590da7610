#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_endian.h>

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u64);
} started SEC(".maps");

SEC("fentry/tcp_connect")
int BPF_PROG(connecting, struct sock *sk)
{
	u64 *at = bpf_task_storage_get(&started, bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (at)
		*at = bpf_ktime_get_ns();
	if (sk->__sk_common.skc_family == 2)
		bpf_printk("port %d", bpf_ntohs(sk->__sk_common.skc_dport));
	return 0;
}

SEC("fexit/tcp_connect")
int BPF_PROG(connected, struct sock *sk, int result)
{
	return result + sk->__sk_common.skc_state;
}

SEC("tp_btf/sched_switch")
int BPF_PROG(switched, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	return preempt ? prev->pid : next->tgid;
}

SEC("lsm/file_open")
int BPF_PROG(opened, struct file *file, int ret)
{
	return ret ? ret : file->f_inode->i_ino == 1 ? -1 : 0;
}

SEC("fentry/vfs_truncate")
int BPF_PROG2(truncated, const struct path *, path, loff_t, length)
{
	return path->dentry != 0 && length > 5;
}

char LICENSE[] SEC("license") = "GPL";
