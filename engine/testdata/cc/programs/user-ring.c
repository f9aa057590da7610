// Commands from user space through a user ring buffer: drained by a callback, answered through a ring buffer.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct command {
	__u32 op;
	__u32 key;
	__s64 value;
};

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} commands SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} answers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __s64);
} registers SEC(".maps");

int drained, bad;

static long handle(struct bpf_dynptr *dynptr, void *context)
{
	const struct command *in;
	struct command local, *out;
	__s64 *value;
	int *count = context;

	in = bpf_dynptr_data(dynptr, 0, sizeof(*in));
	if (!in) {
		if (bpf_dynptr_read(&local, sizeof(local), dynptr, 0, 0)) {
			__sync_fetch_and_add(&bad, 1);
			return 0;
		}
		in = &local;
	}
	value = bpf_map_lookup_elem(&registers, &in->key);
	if (!value)
		return 1;
	switch (in->op) {
	case 0:
		__sync_fetch_and_add(value, in->value);
		break;
	case 1:
		__sync_lock_test_and_set(value, in->value);
		break;
	case 2:
		__sync_val_compare_and_swap(value, in->value, 0);
		break;
	default:
		return 1;
	}
	out = bpf_ringbuf_reserve(&answers, sizeof(*out), 0);
	if (!out)
		return 1;
	*out = (struct command){ .op = in->op | 1U << 31, .key = in->key, .value = *value };
	bpf_ringbuf_submit(out, BPF_RB_FORCE_WAKEUP);
	(*count)++;
	return 0;
}

SEC("fentry/__x64_sys_prctl")
int BPF_PROG(on_prctl, struct pt_regs *regs)
{
	int count = 0;

	drained = bpf_user_ringbuf_drain(&commands, handle, &count, BPF_RB_NO_WAKEUP);
	return 0;
}

SEC("tp_btf/sys_enter")
int BPF_PROG(on_enter, struct pt_regs *regs, long id)
{
	int count = 0;

	if (id == 39)
		drained += bpf_user_ringbuf_drain(&commands, handle, &count, 0);
	return 0;
}

char _license[] SEC("license") = "GPL";
