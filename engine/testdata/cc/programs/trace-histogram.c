#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct hist { __u32 slots[27]; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, struct hist); } hists SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1024); __type(key, __u32); __type(value, __u64); } starts SEC(".maps");
static __always_inline __u64 log2(__u32 v)
{
	__u32 shift, r;
	r = (v > 0xffff) << 4; v >>= r;
	shift = (v > 0xff) << 3; v >>= shift; r |= shift;
	shift = (v > 0xf) << 2; v >>= shift; r |= shift;
	shift = (v > 0x3) << 1; v >>= shift; r |= shift;
	return r | (v >> 1);
}
SEC("raw_tp/sched_wakeup") int wakeup(void *ctx)
{
	__u32 pid = bpf_get_current_pid_tgid();
	__u64 now = bpf_ktime_get_ns();
	bpf_map_update_elem(&starts, &pid, &now, 0);
	return 0;
}
SEC("raw_tp/sched_switch") int switched(void *ctx)
{
	__u32 pid = bpf_get_current_pid_tgid(), zero = 0;
	__u64 *start = bpf_map_lookup_elem(&starts, &pid);
	if (!start)
		return 0;
	__u64 slot = log2((bpf_ktime_get_ns() - *start) / 1000);
	struct hist *h = bpf_map_lookup_elem(&hists, &zero);
	if (h) {
		if (slot >= 27)
			slot = 26;
		__sync_fetch_and_add(&h->slots[slot], 1);
	}
	bpf_map_delete_elem(&starts, &pid);
	return 0;
}
char _license[] SEC("license") = "GPL";
