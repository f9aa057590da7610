#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct key {
	u32 pid;
	u32 slot;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, struct key);
	__type(value, u64);
} counts SEC(".maps");

volatile u64 total;

SEC("tracepoint/syscalls/sys_enter_execve")
int executed(struct trace_event_raw_sys_enter *ctx)
{
	struct key key = { .pid = bpf_get_current_pid_tgid() >> 32, .slot = ctx->id };
	u64 one = 1, *seen = bpf_map_lookup_elem(&counts, &key);

	if (seen)
		__sync_fetch_and_add(seen, 1);
	else
		bpf_map_update_elem(&counts, &key, &one, BPF_NOEXIST);
	total++;
	return 0;
}

SEC("tp/sched/sched_process_exit")
int exited(struct trace_event_raw_sched_process_template *ctx)
{
	bpf_printk("exit of %d", ctx->pid);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
