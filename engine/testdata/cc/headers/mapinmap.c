#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF_SYSCALL __kconfig __weak;
extern const void bpf_link_fops __ksym __weak;

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32);
} first SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct inner);
} outer SEC(".maps") = {
	.values = { [0] = &first },
};

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 10);
	__ulong(map_extra, 0x1ull << 44);
} arena SEC(".maps");

__noinline int used(struct xdp_md *ctx __arg_ctx, __u32 *value __arg_nonnull)
{
	barrier_var(value);
	return *value + ctx->rx_queue_index;
}

SEC("xdp.frags")
int look(struct xdp_md *ctx)
{
	__u32 zero = 0, *value;
	void *map = bpf_map_lookup_elem(&outer, &zero);

	if (!map || LINUX_KERNEL_VERSION < KERNEL_VERSION(5, 10, 0) || !CONFIG_BPF_SYSCALL)
		return XDP_ABORTED;
	value = bpf_map_lookup_elem(map, &zero);
	return value ? used(ctx, value) : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
