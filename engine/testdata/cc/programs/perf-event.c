#include <linux/bpf.h>
#include <linux/bpf_perf_event.h>
#include <bpf/bpf_helpers.h>
struct key { __u32 pid; int user, kernel; };
struct { __uint(type, BPF_MAP_TYPE_STACK_TRACE); __uint(max_entries, 128); __uint(key_size, 4); __uint(value_size, 127 * 8); } stacks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 128); __type(key, struct key); __type(value, __u64); } counts SEC(".maps");
SEC("perf_event") int sample(struct bpf_perf_event_data *ctx)
{
	struct key k = { .pid = bpf_get_current_pid_tgid() >> 32 };
	k.kernel = bpf_get_stackid(ctx, &stacks, 0);
	k.user = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	__u64 one = 1, *n = bpf_map_lookup_elem(&counts, &k);
	if (n)
		__sync_fetch_and_add(n, 1);
	else
		bpf_map_update_elem(&counts, &k, &one, BPF_ANY);
	return 0;
}
char _license[] SEC("license") = "GPL";
