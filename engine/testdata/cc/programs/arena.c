// An arena: pages that programs and user space share. Pointers into it are cast where they are followed, kept as user space sees them.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define __arena __attribute__((address_space(1)))
#define PAGES 4

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, PAGES);
	__uint(map_extra, 0x10000000);
} arena SEC(".maps");

void __arena *bpf_arena_alloc_pages(void *map, void __arena *at, __u32 pages, int node, __u64 flags) __ksym __weak;
void bpf_arena_free_pages(void *map, void __arena *at, __u32 pages) __ksym __weak;

struct link {
	struct link __arena *next;
	int value;
	unsigned low : 4, high : 12;
	__u64 count;
};

static __noinline int sum(struct link __arena *head)
{
	int total = 0;

	for (int i = 0; i < 8 && head; i++, head = head->next)
		total += head->value + head->high;
	return total;
}

SEC("syscall") int list(void *ctx)
{
	struct link __arena *page = bpf_arena_alloc_pages(&arena, NULL, 1, -1, 0);
	struct link __arena *head = NULL;

	if (!page)
		return 1;
	for (int i = 0; i < 5; i++) {
		struct link __arena *one = page + i;

		one->next = head;
		one->value = 100 * i;
		one->high = i;
		head = one;
	}
	page[2].low = 7;
	__sync_fetch_and_add(&page[3].count, 5);
	struct link copy = page[3];
	int total = sum(head) + copy.count + page[2].low;
	__u64 seen = (__u64)page;

	bpf_arena_free_pages(&arena, page, 1);
	return seen >> 32 ? 2 : total;
}

SEC("syscall") int spaces(void *ctx)
{
	int __arena *page = bpf_arena_alloc_pages(&arena, NULL, 1, -1, 0);

	if (!page)
		return 1;
	page[5] = 40;
	int *here = (int *)&page[4];
	here[1] += 2;
	int __arena *again = (int __arena *)here;
	int result = again == page + 4 ? page[5] : 3;

	bpf_arena_free_pages(&arena, page, 1);
	return result;
}

char _license[] SEC("license") = "GPL";
