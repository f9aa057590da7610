// System calls by number, by process or by cgroup: how many, how many failed and with what, how long they took.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define MOST 8192
#define ERRORS 134
#define NAME 16

enum grouping { BY_CALL, BY_PROCESS, BY_CGROUP };

struct key {
	__u64 group;
	__u32 call;
	__u32 pad;
};

struct sums {
	__u64 count;
	__u64 failed;
	__u64 time;
	__u64 longest;
	char name[NAME];
};

const volatile enum grouping grouping = BY_PROCESS;
const volatile bool measure = true;
const volatile bool failed_only = false;
const volatile int filter_error = 0;
const volatile __u32 filter_tgid = 0;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MOST);
	__type(key, __u32);
	__type(value, __u64);
} entered SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MOST);
	__type(key, struct key);
	__type(value, struct sums);
} sums SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ERRORS);
	__type(key, __u32);
	__type(value, __u64);
} errors SEC(".maps");

__u64 dropped;
__u64 seen[512];

static __always_inline bool wanted(__u32 tgid)
{
	return !filter_tgid || filter_tgid == tgid;
}

SEC("raw_tp/sys_enter")
int BPF_PROG(sys_enter, struct pt_regs *regs, long call)
{
	__u64 id = bpf_get_current_pid_tgid(), now;
	__u32 tid = id;

	if (!wanted(id >> 32))
		return 0;
	if (call >= 0 && call < 512)
		__sync_fetch_and_add(&seen[call & 511], 1);
	if (!measure)
		return 0;
	now = bpf_ktime_get_ns();
	if (bpf_map_update_elem(&entered, &tid, &now, BPF_ANY))
		__sync_fetch_and_add(&dropped, 1);
	return 0;
}

static __always_inline __u64 group_of(__u64 id)
{
	switch (grouping) {
	case BY_PROCESS:
		return id >> 32;
	case BY_CGROUP:
		return bpf_get_current_cgroup_id();
	default:
		return 0;
	}
}

static __always_inline struct sums *find(const struct key *key)
{
	struct sums *s = bpf_map_lookup_elem(&sums, key), fresh = {};

	if (s)
		return s;
	bpf_get_current_comm(fresh.name, sizeof(fresh.name));
	bpf_map_update_elem(&sums, key, &fresh, BPF_NOEXIST);
	return bpf_map_lookup_elem(&sums, key);
}

SEC("raw_tp/sys_exit")
int BPF_PROG(sys_exit, struct pt_regs *regs, long result)
{
	__u64 id = bpf_get_current_pid_tgid(), took = 0, *start;
	__u32 tid = id;
	struct key key = {};
	struct sums *s;

	if (!wanted(id >> 32))
		return 0;
	if (measure) {
		start = bpf_map_lookup_elem(&entered, &tid);
		if (!start)
			return 0;
		took = bpf_ktime_get_ns() - *start;
		bpf_map_delete_elem(&entered, &tid);
	}
	if (failed_only && result >= 0)
		return 0;
	if (filter_error && result != -filter_error)
		return 0;
	if (result < 0 && result > -ERRORS) {
		__u32 number = -result;
		__u64 *n = bpf_map_lookup_elem(&errors, &number);

		if (n)
			__sync_fetch_and_add(n, 1);
	}
	key.group = group_of(id);
	key.call = BPF_CORE_READ(regs, orig_ax);
	s = find(&key);
	if (!s) {
		__sync_fetch_and_add(&dropped, 1);
		return 0;
	}
	__sync_fetch_and_add(&s->count, 1);
	__sync_fetch_and_add(&s->time, took);
	if (result < 0)
		__sync_fetch_and_add(&s->failed, 1);
	if (s->longest < took)
		s->longest = took;
	return 0;
}

SEC("tp_btf/sched_process_free")
int BPF_PROG(process_free, struct task_struct *task)
{
	__u32 tid = task->pid;

	bpf_map_delete_elem(&entered, &tid);
	return 0;
}

char _license[] SEC("license") = "GPL";
