#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
struct task_struct { unsigned sched_reset_on_fork : 1; unsigned sched_contributes_to_load : 1; unsigned in_execve : 1; } __attribute__((preserve_access_index));
enum bpf_map_type___local { BPF_MAP_TYPE_ARRAY___local = 2 };
__u64 value, kind;
SEC("raw_tp/sys_enter") int bits(void *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	value = BPF_CORE_READ_BITFIELD_PROBED(t, in_execve);
	kind = bpf_core_enum_value_exists(enum bpf_map_type___local, BPF_MAP_TYPE_ARRAY___local);
	kind += bpf_core_type_exists(struct task_struct);
	return 0;
}
char _license[] SEC("license") = "GPL";
