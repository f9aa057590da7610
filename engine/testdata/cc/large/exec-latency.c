// How long programs take from exec to exit, and what they were: arguments at exec, histograms by name, slow ones to user space.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define NAME 16
#define ARGUMENTS 6
#define ARGUMENT_ROOM 32
#define SLOTS 32

struct start {
	__u64 time;
	__u32 parent;
	__u32 uid;
	__u32 argument_count;
	__u32 argument_bytes;
	char name[NAME];
	char arguments[ARGUMENTS * ARGUMENT_ROOM];
};

struct histogram {
	__u64 total;
	__u32 slots[SLOTS];
};

struct ended {
	__u64 lived;
	__u32 pid, parent;
	__u32 uid;
	__s32 code;
	char name[NAME];
	__u32 argument_bytes;
	char arguments[ARGUMENTS * ARGUMENT_ROOM];
};

const volatile __u64 slow = 1000000000;
const volatile __u32 only_uid = -1;
const volatile bool want_arguments = true;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, struct start);
} starts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct start);
} scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, char[NAME]);
	__type(value, struct histogram);
} histograms SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 18);
} ended SEC(".maps");

static const struct histogram no_times;

static __always_inline __u32 log2_of(__u64 value)
{
	__u32 high = value >> 32, v = high ?: (__u32)value, r, shift;

	r = (v > 0xffff) << 4;
	v >>= r;
	shift = (v > 0xff) << 3;
	v >>= shift;
	r |= shift;
	shift = (v > 0xf) << 2;
	v >>= shift;
	r |= shift;
	shift = (v > 0x3) << 1;
	v >>= shift;
	r |= shift;
	r |= v >> 1;
	return high ? r + 32 : r;
}

static __always_inline void *find_or_make(void *map, const void *key, const void *fresh)
{
	void *value = bpf_map_lookup_elem(map, key);

	if (value)
		return value;
	if (bpf_map_update_elem(map, key, fresh, BPF_NOEXIST) < 0 && 0)
		return NULL;
	return bpf_map_lookup_elem(map, key);
}

SEC("tracepoint/syscalls/sys_enter_execve")
int enter_exec(struct trace_event_raw_sys_enter *ctx)
{
	const char *const *arguments = (const char *const *)ctx->args[1];
	struct task_struct *task = (void *)bpf_get_current_task();
	__u32 zero = 0, pid = bpf_get_current_pid_tgid() >> 32;
	__u32 uid = bpf_get_current_uid_gid();
	struct start *s;

	if (only_uid != (__u32)-1 && only_uid != uid)
		return 0;
	s = bpf_map_lookup_elem(&scratch, &zero);
	if (!s)
		return 0;
	s->time = bpf_ktime_get_ns();
	s->uid = uid;
	s->parent = BPF_CORE_READ(task, real_parent, tgid);
	s->argument_count = 0;
	s->argument_bytes = 0;
	bpf_get_current_comm(s->name, sizeof(s->name));
	for (int i = 0; i < ARGUMENTS && want_arguments; i++) {
		const char *text = NULL;
		long length;

		if (bpf_probe_read_user(&text, sizeof(text), &arguments[i]) || !text)
			break;
		length = bpf_probe_read_user_str(&s->arguments[i * ARGUMENT_ROOM], ARGUMENT_ROOM, text);
		if (length < 0)
			break;
		s->argument_count++;
		s->argument_bytes += length;
	}
	bpf_map_update_elem(&starts, &pid, s, BPF_ANY);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_execve")
int leave_exec(struct trace_event_raw_sys_exit *ctx)
{
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct start *s = bpf_map_lookup_elem(&starts, &pid);

	if (!s)
		return 0;
	if (ctx->ret < 0)
		bpf_map_delete_elem(&starts, &pid);
	else
		bpf_get_current_comm(s->name, sizeof(s->name));
	return 0;
}

static __always_inline void report(const struct start *s, __u32 pid, __u64 lived, int code)
{
	struct ended *e = bpf_ringbuf_reserve(&ended, sizeof(*e), 0);

	if (!e)
		return;
	e->lived = lived;
	e->pid = pid;
	e->parent = s->parent;
	e->uid = s->uid;
	e->code = code;
	e->argument_bytes = s->argument_bytes;
	__builtin_memcpy(e->name, s->name, sizeof(e->name));
	__builtin_memcpy(e->arguments, s->arguments, sizeof(e->arguments));
	bpf_ringbuf_submit(e, 0);
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(process_exit, struct task_struct *task)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 pid = id >> 32, slot;
	struct histogram *h;
	struct start *s;
	__u64 lived;

	/* Threads end too. */
	if (pid != (__u32)id)
		return 0;
	s = bpf_map_lookup_elem(&starts, &pid);
	if (!s)
		return 0;
	lived = bpf_ktime_get_ns() - s->time;
	h = find_or_make(&histograms, s->name, &no_times);
	if (h) {
		slot = log2_of(lived / 1000);
		if (slot >= SLOTS)
			slot = SLOTS - 1;
		__sync_fetch_and_add(&h->slots[slot], 1);
		__sync_fetch_and_add(&h->total, lived);
	}
	if (lived > slow)
		report(s, pid, lived, task->exit_code >> 8);
	bpf_map_delete_elem(&starts, &pid);
	return 0;
}

char _license[] SEC("license") = "GPL";
