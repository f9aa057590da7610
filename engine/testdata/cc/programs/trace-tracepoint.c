#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct args { __u64 unused; __u32 nr; __u32 pad; __u64 fd; const char *name; __u64 flags; };
struct { __uint(type, BPF_MAP_TYPE_PERCPU_HASH); __uint(max_entries, 256); __type(key, char[16]); __type(value, __u64); } names SEC(".maps");
SEC("tp/syscalls/sys_enter_openat") int opened(struct args *ctx)
{
	char key[16] = {};
	__u64 one = 1, *n;
	bpf_probe_read_user_str(key, sizeof(key), ctx->name);
	n = bpf_map_lookup_elem(&names, key);
	if (n)
		*n += ctx->flags & 1;
	else
		bpf_map_update_elem(&names, key, &one, BPF_NOEXIST);
	return 0;
}
char _license[] SEC("license") = "GPL";
