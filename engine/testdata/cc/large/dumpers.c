// Dumpers on iterators: tasks with their files, TCP and UDP sockets, maps and their elements, written as lines of text; and the same
// tasks by an iterator that is opened in the program.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>
#include <bpf_kfuncs.h>

extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

#define AF_INET 2

struct task_sums {
	__u64 tasks, threads, kernel_threads;
	__u64 user_time, kernel_time;
	__u32 states[8];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} watched SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct task_sums);
} sums SEC(".maps");

const volatile bool threads_too = false;
__u64 lines, bytes_held;




SEC("iter/task")
int dump_tasks(struct bpf_iter__task *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct task_struct *task = ctx->task;
	__u64 first = ctx->meta->seq_num;

	if (!task) {
		BPF_SEQ_PRINTF(seq, "%llu lines\n", lines);
		return 0;
	}
	if (!threads_too && task->pid != task->tgid)
		return 0;
	if (first == 0)
		BPF_SEQ_PRINTF(seq, "%8s %8s %-16s %10s %s\n", "tgid", "pid", "name", "flags", "parent");
	BPF_SEQ_PRINTF(seq, "%8d %8d %-16s 0x%08x %d\n", task->tgid, task->pid, task->comm, task->flags,
		       task->real_parent->tgid);
	lines++;
	return 0;
}

SEC("iter/task_file")
int dump_files(struct bpf_iter__task_file *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct task_struct *task = ctx->task;
	struct file *file = ctx->file;
	const char *kind;

	if (!task || !file)
		return 0;
	switch (BPF_CORE_READ(file, f_inode, i_mode) & 0170000) {
	case 0140000:
		kind = "socket";
		break;
	case 0120000:
		kind = "link";
		break;
	case 0100000:
		kind = "file";
		break;
	case 0040000:
		kind = "folder";
		break;
	case 0010000:
		kind = "pipe";
		break;
	default:
		kind = "other";
	}
	BPF_SEQ_PRINTF(seq, "%d %d %s %lld\n", task->tgid, ctx->fd, kind, BPF_CORE_READ(file, f_pos));
	return 0;
}

SEC("iter/tcp")
int dump_tcp(struct bpf_iter__tcp *ctx)
{
	struct sock_common *common = ctx->sk_common;
	struct seq_file *seq = ctx->meta->seq;
	struct tcp_sock *tp;

	if (!common)
		return 0;
	if (common->skc_family != AF_INET)
		return 0;
	tp = bpf_skc_to_tcp_sock(common);
	BPF_SEQ_PRINTF(seq, "%pI4:%d ", &common->skc_rcv_saddr, common->skc_num);
	BPF_SEQ_PRINTF(seq, "%pI4:%d state %d", &common->skc_daddr, bpf_ntohs(common->skc_dport), common->skc_state);
	if (tp)
		BPF_SEQ_PRINTF(seq, " window %u round trip %u", tp->snd_cwnd, tp->srtt_us >> 3);
	BPF_SEQ_PRINTF(seq, "\n");
	return 0;
}

SEC("iter/udp")
int dump_udp(struct bpf_iter__udp *ctx)
{
	struct udp_sock *udp = ctx->udp_sk;
	struct seq_file *seq = ctx->meta->seq;
	struct inet_sock *inet;

	if (!udp)
		return 0;
	inet = &udp->inet;
	BPF_SEQ_PRINTF(seq, "%5d: %pI4:%d drops %d\n", ctx->bucket, &inet->inet_saddr, bpf_ntohs(inet->inet_sport),
		       udp->inet.sk.sk_drops.counter);
	return 0;
}

SEC("iter/bpf_map")
int dump_maps(struct bpf_iter__bpf_map *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct bpf_map *map = ctx->map;
	__u64 size;

	if (!map) {
		BPF_SEQ_PRINTF(seq, "%llu bytes at least\n", bytes_held);
		return 0;
	}
	size = (__u64)(map->key_size + map->value_size) * map->max_entries;
	__sync_fetch_and_add(&bytes_held, size);
	BPF_SEQ_PRINTF(seq, "%4u %-16s %10llu\n", map->id, map->name, size);
	return 0;
}

SEC("iter/bpf_map_elem")
int dump_elements(struct bpf_iter__bpf_map_elem *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	__u32 *key = ctx->key;
	__u64 *value = ctx->value;

	if (!key || !value)
		return 0;
	BPF_SEQ_PRINTF(seq, "%u: %llu\n", *key, *value);
	if (*value == 0) {
		__u32 copy = *key;

		bpf_map_delete_elem(&watched, &copy);
	}
	return 0;
}

static __always_inline void add(struct task_sums *s, struct task_struct *task)
{
	s->tasks++;
	if (task->pid != task->tgid)
		s->threads++;
	if (task->flags & 0x00200000)
		s->kernel_threads++;
	s->user_time += task->utime;
	s->kernel_time += task->stime;
	s->states[task->__state & 7]++;
}

SEC("tp_btf/sys_enter")
int BPF_PROG(sum_tasks, struct pt_regs *regs, long call)
{
	struct task_struct *task, *all = NULL, *one;
	struct bpf_iter_task it;
	struct task_sums *s;
	__u32 zero = 0;

	if (call != 0x1234)
		return 0;
	s = bpf_map_lookup_elem(&sums, &zero);
	if (!s)
		return 0;
	bpf_rcu_read_lock();
	bpf_iter_task_new(&it, all, 1);
	while ((task = bpf_iter_task_next(&it)))
		add(s, task);
	bpf_iter_task_destroy(&it);
	bpf_rcu_read_unlock();
	one = bpf_task_from_pid(1);
	if (one) {
		s->states[0] += one->exit_code;
		bpf_task_release(one);
	}
	return 0;
}

char _license[] SEC("license") = "GPL";
