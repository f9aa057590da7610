// Files that are opened: by whom, how long it took, what failed; names by process in a map of maps, a filter on the start of the path.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define NAME 16
#define PATH 128
#define PREFIX 32
#define SLOTS 24

struct opening {
	__u64 begun;
	__u64 path;
	__s32 flags;
	__u32 mode;
};

struct opened {
	__u64 took;
	__u32 pid, uid;
	__s32 result, flags;
	char name[NAME];
	char path[PATH];
};

struct latency {
	__u32 slots[SLOTS];
	__u64 failed;
};

struct counts {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __s32);
	__type(value, __u64);
} results_of_first SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 64);
	__type(key, __u32);
	__array(values, struct counts);
} results SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, struct opening);
} openings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct latency);
} latencies SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 18);
} events SEC(".maps");

const volatile char prefix[PREFIX] = "";
const volatile __u32 prefix_length = 0;
const volatile bool failures_only = false;
const volatile __u64 slow = 0;

static int begin(const char *path, int flags, __u32 mode)
{
	__u32 tid = bpf_get_current_pid_tgid();
	struct opening o = { bpf_ktime_get_ns(), (__u64)path, flags, mode };

	bpf_map_update_elem(&openings, &tid, &o, BPF_ANY);
	return 0;
}

static __always_inline bool has_prefix(const char *path)
{
	for (__u32 i = 0; i < PREFIX; i++) {
		if (i >= prefix_length)
			return true;
		if (path[i] != prefix[i])
			return false;
	}
	return true;
}

static __always_inline __u32 slot_of(__u64 us)
{
	__u32 slot = 0;

	bpf_for(slot, 0, SLOTS - 1)
		if (us >> slot <= 1)
			break;
	return slot;
}

static __always_inline void note(__u32 pid, __u64 took, int result)
{
	struct latency *l = bpf_map_lookup_elem(&latencies, &pid);
	__u64 one = 1, *n;
	void *inner;
	__u32 slot;

	if (!l) {
		struct latency fresh = {};

		bpf_map_update_elem(&latencies, &pid, &fresh, BPF_NOEXIST);
		l = bpf_map_lookup_elem(&latencies, &pid);
		if (!l)
			return;
	}
	slot = slot_of(took / 1000);
	if (slot < SLOTS)
		__sync_fetch_and_add(&l->slots[slot], 1);
	if (result < 0)
		__sync_fetch_and_add(&l->failed, 1);
	inner = bpf_map_lookup_elem(&results, &pid);
	if (!inner)
		return;
	if (result > 0)
		result = 0;
	n = bpf_map_lookup_elem(inner, &result);
	if (n)
		__sync_fetch_and_add(n, 1);
	else
		bpf_map_update_elem(inner, &result, &one, BPF_NOEXIST);
}

static int end(long result)
{
	__u64 id = bpf_get_current_pid_tgid(), took;
	__u32 tid = id;
	struct opening *o = bpf_map_lookup_elem(&openings, &tid);
	struct opened *e;

	if (!o)
		return 0;
	took = bpf_ktime_get_ns() - o->begun;
	note(id >> 32, took, result);
	if ((failures_only && result >= 0) || took < slow)
		goto forget;
	e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
	if (!e)
		goto forget;
	if (bpf_probe_read_user_str(e->path, sizeof(e->path), (void *)o->path) < 0 || !has_prefix(e->path)) {
		bpf_ringbuf_discard(e, 0);
		goto forget;
	}
	e->took = took;
	e->pid = id >> 32;
	e->uid = bpf_get_current_uid_gid();
	e->result = result;
	e->flags = o->flags;
	bpf_get_current_comm(e->name, sizeof(e->name));
	bpf_ringbuf_submit(e, 0);
forget:
	bpf_map_delete_elem(&openings, &tid);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_openat")
int openat_enter(struct trace_event_raw_sys_enter *ctx)
{
	return begin((void *)ctx->args[1], ctx->args[2], ctx->args[3]);
}

SEC("tracepoint/syscalls/sys_exit_openat")
int openat_exit(struct trace_event_raw_sys_exit *ctx)
{
	return end(ctx->ret);
}

SEC("ksyscall/openat2")
int BPF_KSYSCALL(openat2_enter, int folder, const char *path, struct open_how *how)
{
	__u64 flags = 0;

	bpf_probe_read_user(&flags, sizeof(flags), &how->flags);
	return begin(path, flags, 0);
}

SEC("kretsyscall/openat2")
int BPF_KRETPROBE(openat2_exit, long result)
{
	return end(result);
}

char _license[] SEC("license") = "GPL";
