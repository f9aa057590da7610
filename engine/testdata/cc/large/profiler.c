// A sampling profiler on perf events: stacks of kernel and user space with counts, only of chosen processes; build ids on request.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define DEPTH 127
#define NAME 16

struct sample_key {
	__u32 pid;
	__s32 user_stack, kernel_stack;
	char name[NAME];
};

struct sample {
	__u32 pid, cpu;
	__u64 time;
	__u64 address;
	__s32 kernel_bytes, user_bytes;
	__u64 kernel[DEPTH];
	struct bpf_stack_build_id user[DEPTH / 4];
};

const volatile bool kernel_only = false;
const volatile bool user_only = false;
const volatile bool include_idle = false;
const volatile bool whole = false;
const volatile bool by_process = false;

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16384);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, DEPTH * sizeof(__u64));
} stacks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 40960);
	__type(key, struct sample_key);
	__type(value, __u64);
} counts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u8);
} processes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} samples SEC(".maps");

__u64 lost, taken;

static __always_inline int send_whole(struct bpf_perf_event_data *ctx, __u32 pid)
{
	struct sample *s = bpf_ringbuf_reserve(&samples, sizeof(*s), 0);

	if (!s) {
		__sync_fetch_and_add(&lost, 1);
		return 1;
	}
	s->pid = pid;
	s->cpu = bpf_get_smp_processor_id();
	s->time = bpf_ktime_get_ns();
	s->address = PT_REGS_IP(&ctx->regs);
	s->kernel_bytes = user_only ? 0 : bpf_get_stack(ctx, s->kernel, sizeof(s->kernel), 0);
	s->user_bytes = 0;
	if (!kernel_only)
		s->user_bytes = bpf_get_stack(ctx, s->user, sizeof(s->user), BPF_F_USER_STACK | BPF_F_USER_BUILD_ID);
	bpf_ringbuf_submit(s, 0);
	return 0;
}

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	__u64 id = bpf_get_current_pid_tgid(), one = 1, *count;
	struct sample_key key = {};
	__u32 tgid = id >> 32, tid = id;

	if (!include_idle && !tid)
		return 0;
	if (by_process && !bpf_map_lookup_elem(&processes, &tgid))
		return 0;
	__sync_fetch_and_add(&taken, 1);
	if (whole)
		return send_whole(ctx, tgid);
	key.pid = tgid;
	bpf_get_current_comm(key.name, sizeof(key.name));
	key.user_stack = kernel_only ? -1 : bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	key.kernel_stack = user_only ? -1 : bpf_get_stackid(ctx, &stacks, 0);
	if (key.kernel_stack >= 0) {
		__u64 ip = PT_REGS_IP(&ctx->regs);

		/* The first frame is the interrupt's own. */
		if (!(ip >> 63))
			key.kernel_stack = -2;
	}
	count = bpf_map_lookup_elem(&counts, &key);
	if (count)
		__sync_fetch_and_add(count, 1);
	else if (bpf_map_update_elem(&counts, &key, &one, BPF_NOEXIST))
		__sync_fetch_and_add(&lost, 1);
	return 0;
}

char _license[] SEC("license") = "GPL";
