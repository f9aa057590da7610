// A dynptr whose scope has ended still has its place on the stack: what a helper fills afterwards lies elsewhere.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct entry {
	__u32 a, b;
	__u64 c;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64[4]);
} blob SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 4);
	__type(value, struct entry);
} queue SEC(".maps");

SEC("xdp")
int place(struct xdp_md *ctx)
{
	__u64 sum = 0;
	{
		__u32 zero = 0;
		struct bpf_dynptr d;
		__u64 word = 0;
		void *value = bpf_map_lookup_elem(&blob, &zero);
		if (!value)
			return XDP_ABORTED;
		if (bpf_dynptr_from_mem(value, 32, 0, &d))
			return XDP_ABORTED;
		bpf_dynptr_read(&word, sizeof(word), &d, 8, 0);
		sum += word;
	}
	{
		struct entry top, next = { .a = ctx->rx_queue_index, .c = sum };
		if (bpf_map_push_elem(&queue, &next, 0) == 0 && bpf_map_peek_elem(&queue, &top) == 0)
			sum += top.a + top.c;
	}
	return sum > 9 ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
