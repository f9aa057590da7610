// One object for kernels old and new: members that moved, types that were renamed, values that came later.
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct task_struct___before {
	volatile long int state;
} __attribute__((preserve_access_index));

struct task_struct___since {
	unsigned int __state;
} __attribute__((preserve_access_index));

struct bio___before {
	struct gendisk *bi_disk;
} __attribute__((preserve_access_index));

struct bio___since {
	struct block_device *bi_bdev;
} __attribute__((preserve_access_index));

enum bpf_func_id___later {
	BPF_FUNC_snprintf___later = 42,
	BPF_FUNC_not_yet___later,
};

extern int LINUX_KERNEL_VERSION __kconfig;

u64 state, disk;
bool has_snprintf, has_future, recent;
u32 snprintf_id;

static __always_inline __s64 state_of(void *task)
{
	struct task_struct___since *t = task;

	if (bpf_core_field_exists(t->__state))
		return BPF_CORE_READ(t, __state);
	return BPF_CORE_READ((struct task_struct___before *)task, state);
}

static __always_inline void *disk_of(void *bio)
{
	struct bio___since *b = bio;

	if (bpf_core_field_exists(b->bi_bdev))
		return BPF_CORE_READ(b, bi_bdev, bd_disk);
	return BPF_CORE_READ((struct bio___before *)bio, bi_disk);
}

SEC("raw_tp/sched_switch")
int switched(u64 *ctx)
{
	state = state_of((void *)ctx[1]);
	if (bpf_core_type_exists(struct bio___since) || bpf_core_type_exists(struct bio))
		disk = (u64)disk_of((void *)ctx[2]);
	has_snprintf = bpf_core_enum_value_exists(enum bpf_func_id___later, BPF_FUNC_snprintf___later);
	if (has_snprintf)
		snprintf_id = bpf_core_enum_value(enum bpf_func_id___later, BPF_FUNC_snprintf___later);
	has_future = bpf_core_enum_value_exists(enum bpf_func_id___later, BPF_FUNC_not_yet___later);
	recent = LINUX_KERNEL_VERSION >= KERNEL_VERSION(5, 14, 0);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
