// Memory that a program asked for and never gave back: uprobes on the allocator, uretprobes for what it answered, stacks, totals.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define MOST 65536
#define DEPTH 48

struct allocation {
	__u64 size;
	__u64 time;
	__s32 stack;
	__u32 tid;
};

/* Bytes and number in one word, so that one atomic addition keeps both. */
union combined {
	struct {
		__u64 bytes : 40;
		__u64 count : 24;
	};
	__u64 word;
};

const volatile __u64 least_size = 0;
const volatile __u64 most_size = -1;
const volatile __u64 sample_every = 1;
const volatile __u64 page_size = 4096;
const volatile bool trace_all = false;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, __u64);
} asked SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u64);
	__type(value, __u64);
} pointers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MOST);
	__type(key, __u64);
	__type(value, struct allocation);
} live SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __s32);
	__type(value, union combined);
} by_stack SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 10240);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, DEPTH * sizeof(__u64));
} stacks SEC(".maps");

static union combined nothing;

static __always_inline void change(__s32 stack, __u64 size, bool more)
{
	union combined difference = { .bytes = size, .count = 1 };
	union combined *sum = bpf_map_lookup_elem(&by_stack, &stack);

	if (!sum) {
		if (!more)
			return;
		bpf_map_update_elem(&by_stack, &stack, &nothing, BPF_NOEXIST);
		sum = bpf_map_lookup_elem(&by_stack, &stack);
		if (!sum)
			return;
	}
	if (more)
		__sync_fetch_and_add(&sum->word, difference.word);
	else
		__sync_fetch_and_sub(&sum->word, difference.word);
}

static int enter(__u64 size)
{
	__u32 tid = bpf_get_current_pid_tgid();

	if (size < least_size || size > most_size)
		return 0;
	if (sample_every > 1 && bpf_ktime_get_ns() % sample_every)
		return 0;
	bpf_map_update_elem(&asked, &tid, &size, BPF_ANY);
	if (trace_all)
		bpf_printk("%u asks for %llu bytes", tid, size);
	return 0;
}

static int leave(void *ctx, __u64 address)
{
	__u32 tid = bpf_get_current_pid_tgid();
	__u64 *size = bpf_map_lookup_elem(&asked, &tid);
	struct allocation made = {};

	if (!size)
		return 0;
	made.size = *size;
	bpf_map_delete_elem(&asked, &tid);
	if (!address)
		return 0;
	made.time = bpf_ktime_get_ns();
	made.tid = tid;
	made.stack = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	bpf_map_update_elem(&live, &address, &made, BPF_ANY);
	change(made.stack, made.size, true);
	return 0;
}

static int give_back(const void *address)
{
	__u64 key = (__u64)address;
	const struct allocation *made = bpf_map_lookup_elem(&live, &key);

	if (!made)
		return 0;
	change(made->stack, made->size, false);
	bpf_map_delete_elem(&live, &key);
	return 0;
}

SEC("uprobe")
int BPF_UPROBE(malloc_enter, size_t size)
{
	return enter(size);
}

SEC("uretprobe")
int BPF_URETPROBE(malloc_exit, void *address)
{
	return leave(ctx, (__u64)address);
}

SEC("uprobe")
int BPF_UPROBE(calloc_enter, size_t count, size_t size)
{
	return enter(count * size);
}

SEC("uprobe")
int BPF_UPROBE(realloc_enter, void *address, size_t size)
{
	give_back(address);
	return enter(size);
}

SEC("uprobe")
int BPF_UPROBE(memalign_enter, void **where, size_t alignment, size_t size)
{
	__u64 key = (__u32)bpf_get_current_pid_tgid(), place = (__u64)where;

	bpf_map_update_elem(&pointers, &key, &place, BPF_ANY);
	return enter((size + alignment - 1) & -alignment);
}

SEC("uretprobe")
int BPF_URETPROBE(memalign_exit)
{
	__u64 key = (__u32)bpf_get_current_pid_tgid(), *place;
	void *address = NULL;

	place = bpf_map_lookup_elem(&pointers, &key);
	if (!place)
		return 0;
	bpf_probe_read_user(&address, sizeof(address), (void *)*place);
	bpf_map_delete_elem(&pointers, &key);
	return leave(ctx, (__u64)address);
}

SEC("uprobe")
int BPF_UPROBE(mmap_enter, void *address, size_t size)
{
	return enter((size + page_size - 1) / page_size * page_size);
}

SEC("uprobe")
int BPF_UPROBE(free_enter, void *address)
{
	return give_back(address);
}

SEC("tracepoint/kmem/kmalloc")
int kmalloc(struct trace_event_raw_kmalloc *ctx)
{
	if (trace_all)
		enter(ctx->bytes_alloc);
	return leave(ctx, (__u64)ctx->ptr);
}

SEC("tracepoint/kmem/kfree")
int kfree(struct trace_event_raw_kfree *ctx)
{
	return give_back(ctx->ptr);
}

char _license[] SEC("license") = "GPL";
