// How long system calls take, per call and per process: start times in a hash, histograms by powers of two.
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define MAX_ENTRIES 10240
#define MAX_SLOTS 26
#define TASK_COMM_LEN 16

const volatile pid_t only_process = 0;
const volatile bool only_failed = false;
const volatile bool by_cgroup = false;
const volatile int only_error = 0;

struct hist {
	__u32 slots[MAX_SLOTS];
	char comm[TASK_COMM_LEN];
	__u64 total;
};

static struct hist zero;

struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_ARRAY);
	__type(key, u32);
	__type(value, u32);
	__uint(max_entries, 1);
} cgroup_map SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, u32);
	__type(value, u64);
} start SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ENTRIES);
	__type(key, u32);
	__type(value, struct hist);
} hists SEC(".maps");

/* The place of the highest bit: each step halves what is left to look at. */
static __always_inline u32 highest_bit(u64 v)
{
	u32 at = 0, step;

#pragma unroll
	for (step = 32; step; step /= 2)
		if (v >> step) {
			v >>= step;
			at += step;
		}
	return at;
}

static __always_inline struct hist *hist_of(const u32 *call)
{
	struct hist *found = bpf_map_lookup_elem(&hists, call);

	if (found)
		return found;
	return bpf_map_update_elem(&hists, call, &zero, BPF_NOEXIST) ? NULL : bpf_map_lookup_elem(&hists, call);
}

SEC("tracepoint/raw_syscalls/sys_enter")
int sys_enter(struct trace_event_raw_sys_enter *args)
{
	u64 id = bpf_get_current_pid_tgid();
	pid_t pid = id >> 32;
	u32 tid = id;
	u64 ts;

	if (by_cgroup && !bpf_current_task_under_cgroup(&cgroup_map, 0))
		return 0;
	if (only_process && pid != only_process)
		return 0;
	ts = bpf_ktime_get_ns();
	bpf_map_update_elem(&start, &tid, &ts, 0);
	return 0;
}

SEC("tracepoint/raw_syscalls/sys_exit")
int sys_exit(struct trace_event_raw_sys_exit *args)
{
	u32 tid = bpf_get_current_pid_tgid(), key = args->id;
	u64 *tsp, delta, slot;
	struct hist *hist;

	tsp = bpf_map_lookup_elem(&start, &tid);
	if (!tsp)
		return 0;
	if (only_failed && args->ret >= 0)
		goto cleanup;
	if (only_error && args->ret != -only_error)
		goto cleanup;
	delta = bpf_ktime_get_ns() - *tsp;
	if ((s64)delta < 0)
		goto cleanup;
	hist = hist_of(&key);
	if (!hist)
		goto cleanup;
	if (!hist->comm[0])
		bpf_get_current_comm(&hist->comm, sizeof(hist->comm));
	delta /= 1000U;
	slot = highest_bit(delta);
	if (slot >= MAX_SLOTS)
		slot = MAX_SLOTS - 1;
	__sync_fetch_and_add(&hist->slots[slot], 1);
	__sync_fetch_and_add(&hist->total, delta);
cleanup:
	bpf_map_delete_elem(&start, &tid);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
