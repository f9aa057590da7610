// Time that tasks spend off the CPU, by stacks: started when a task is switched away, added up when it comes back.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define NAME 16
#define MOST_STACKS 4096
#define DEPTH 64
#define KTHREAD 0x00200000

struct begun {
	__u64 time;
	__s32 kernel_stack, user_stack;
	__u32 state;
};

struct key {
	__u32 pid, tgid;
	__s32 kernel_stack, user_stack;
	__u32 state;
};

struct waited {
	__u64 time;
	__u64 times;
	__u64 most;
	char name[NAME];
};

const volatile __u32 only_tgid = 0;
const volatile bool users_only = false;
const volatile bool kernel_only = false;
const volatile __s64 states = -1;
const volatile __u64 least = 1000;
const volatile __u64 most = -1;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32);
	__type(value, struct begun);
} begun SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, MOST_STACKS);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, DEPTH * sizeof(__u64));
} stacks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MOST_STACKS);
	__type(key, struct key);
	__type(value, struct waited);
} waits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} total SEC(".maps");

struct task_struct___old {
	volatile long state;
} __attribute__((preserve_access_index));

static __always_inline __s64 state_of(struct task_struct *task)
{
	if (bpf_core_field_exists(task->__state))
		return BPF_CORE_READ(task, __state);
	return BPF_CORE_READ((struct task_struct___old *)task, state);
}

static __always_inline bool wanted(struct task_struct *task)
{
	if (only_tgid && BPF_CORE_READ(task, tgid) != only_tgid)
		return false;
	if (users_only && BPF_CORE_READ(task, flags) & KTHREAD)
		return false;
	if (kernel_only && !(BPF_CORE_READ(task, flags) & KTHREAD))
		return false;
	return true;
}

static __always_inline void leave(void *ctx, struct task_struct *task)
{
	__u32 pid = BPF_CORE_READ(task, pid);
	struct begun b = {};
	__s64 state = state_of(task);

	if (!pid || !wanted(task))
		return;
	if (states != -1 && !(state & states))
		return;
	b.time = bpf_ktime_get_ns();
	b.state = state;
	b.user_stack = BPF_CORE_READ(task, flags) & KTHREAD ? -1 : bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	b.kernel_stack = bpf_get_stackid(ctx, &stacks, 0);
	bpf_map_update_elem(&begun, &pid, &b, BPF_ANY);
}

static __always_inline void come_back(struct task_struct *task)
{
	__u32 pid = BPF_CORE_READ(task, pid);
	struct begun *b = bpf_map_lookup_elem(&begun, &pid);
	struct waited *w;
	struct key key = {};
	__u64 *sum;
	__s64 delta;

	if (!b)
		return;
	delta = (__s64)(bpf_ktime_get_ns() - b->time);
	if (delta < 0)
		goto forget;
	delta /= 1000U;
	if ((__u64)delta < least || (__u64)delta > most)
		goto forget;
	key.pid = pid;
	key.tgid = BPF_CORE_READ(task, tgid);
	key.kernel_stack = b->kernel_stack;
	key.user_stack = b->user_stack;
	key.state = b->state;
	w = bpf_map_lookup_elem(&waits, &key);
	if (!w) {
		struct waited fresh = {};

		BPF_CORE_READ_STR_INTO(&fresh.name, task, comm);
		bpf_map_update_elem(&waits, &key, &fresh, BPF_NOEXIST);
		w = bpf_map_lookup_elem(&waits, &key);
		if (!w)
			goto forget;
	}
	__sync_fetch_and_add(&w->time, delta);
	__sync_fetch_and_add(&w->times, 1);
	if (w->most < (__u64)delta)
		w->most = delta;
	sum = bpf_task_storage_get(&total, bpf_get_current_task_btf(), NULL, 1);
	if (sum)
		*sum += delta;
forget:
	bpf_map_delete_elem(&begun, &pid);
}

SEC("tp_btf/sched_switch")
int BPF_PROG(switched, bool preempt, struct task_struct *before, struct task_struct *after)
{
	leave(ctx, before);
	come_back(after);
	return 0;
}

SEC("raw_tp/sched_switch")
int BPF_PROG(switched_raw, bool preempt, struct task_struct *before, struct task_struct *after)
{
	__u32 pid = BPF_CORE_READ(before, pid);

	leave(ctx, before);
	if (preempt)
		bpf_map_delete_elem(&begun, &pid);
	return 0;
}

char _license[] SEC("license") = "GPL";
