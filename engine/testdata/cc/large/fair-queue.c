// A fair queue of packet descriptions at TC: objects of the program's own in a red-black tree by their virtual time, the last ones
// also in a list, shares by reference counts, iterators over numbers and bits.
// differs: .bss.queue .bss.recent
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <bpf_experimental.h>
#include <bpf_kfuncs.h>

#define CLASSES 8
#define MOST_QUEUED 24
#define RECENT 5


struct waiting {
	struct bpf_rb_node node;
	struct bpf_refcount refs;
	__u64 when;
	__u32 class;
	__u32 length;
};

struct trace {
	struct bpf_list_node link;
	__u64 when;
	__u32 length;
};

private(queue) struct bpf_spin_lock queue_lock;
private(queue) struct bpf_rb_root queue __attribute__((btf_decl_tag("contains:waiting:node")));

private(recent) struct bpf_spin_lock recent_lock;
private(recent) struct bpf_list_head recent __attribute__((btf_decl_tag("contains:trace:link")));

struct class_state {
	__u64 clock;
	__u64 sent_packets;
	__u64 sent_bytes;
	__u32 queued;
	__u32 weight;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, CLASSES);
	__type(key, __u32);
	__type(value, struct class_state);
} classes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} log_words SEC(".maps");

__u64 queued, dequeued, forgotten, virtual_time, depth_sum, bit_sum;
__u64 active_classes;

static bool earlier(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	const struct waiting *x = container_of(a, struct waiting, node);
	const struct waiting *y = container_of(b, struct waiting, node);

	return x->when < y->when;
}

static __always_inline void record(__u32 which, __u64 value)
{
	__u64 *word = bpf_map_lookup_elem(&log_words, &which);

	if (word)
		*word = *word * 31 + value;
}

static __always_inline __u32 classify(struct __sk_buff *skb)
{
	__u8 header[20];

	if (skb->protocol != bpf_htons(0x0800) || bpf_skb_load_bytes(skb, 14, header, sizeof(header)))
		return CLASSES - 1;
	return (header[1] >> 5) ^ (header[9] & 3) ^ (header[15] & 7);
}

static __noinline int remember(__u64 when, __u32 length)
{
	struct trace *t = bpf_obj_new(typeof(*t));
	struct bpf_list_node *oldest;
	int count = 0;

	if (!t)
		return -1;
	t->when = when;
	t->length = length;
	bpf_spin_lock(&recent_lock);
	bpf_list_push_back(&recent, &t->link);
	bpf_spin_unlock(&recent_lock);
	if (queued <= RECENT)
		return 0;
	bpf_spin_lock(&recent_lock);
	oldest = bpf_list_pop_front(&recent);
	bpf_spin_unlock(&recent_lock);
	if (oldest) {
		t = container_of(oldest, struct trace, link);
		record(1, t->when << 16 ^ t->length);
		bpf_obj_drop(t);
		count++;
	}
	return count;
}

static __always_inline int enqueue(__u32 class, __u32 length)
{
	struct class_state *c = bpf_map_lookup_elem(&classes, &class);
	struct waiting *item, *shared;

	if (!c)
		return -1;
	item = bpf_obj_new(typeof(*item));
	if (!item)
		return -1;
	if (!c->weight)
		c->weight = class + 1;
	if (c->clock < virtual_time)
		c->clock = virtual_time;
	c->clock += (__u64)length * 64 / c->weight;
	c->queued++;
	item->when = c->clock;
	item->class = class;
	item->length = length;
	shared = bpf_refcount_acquire(item);
	bpf_spin_lock(&queue_lock);
	bpf_rbtree_add(&queue, &item->node, earlier);
	bpf_spin_unlock(&queue_lock);
	record(2, shared->when);
	bpf_obj_drop(shared);
	active_classes |= 1ull << class;
	queued++;
	return 0;
}

/* Global: checked once, by itself, not once a turn of the loop. */
__noinline int dequeue(void)
{
	struct bpf_rb_node *node;
	struct class_state *c;
	struct waiting *item;
	__u32 class;

	bpf_spin_lock(&queue_lock);
	node = bpf_rbtree_first(&queue);
	if (!node) {
		bpf_spin_unlock(&queue_lock);
		return -1;
	}
	node = bpf_rbtree_remove(&queue, node);
	bpf_spin_unlock(&queue_lock);
	if (!node)
		return -1;
	item = container_of(node, struct waiting, node);
	virtual_time = item->when;
	class = item->class;
	c = bpf_map_lookup_elem(&classes, &class);
	if (c) {
		c->queued--;
		c->sent_packets++;
		c->sent_bytes += item->length;
		if (!c->queued)
			active_classes &= ~(1ull << (class & 7));
	}
	record(3, item->when ^ (__u64)item->length << 32);
	bpf_obj_drop(item);
	dequeued++;
	return 0;
}

SEC("tc")
int fair_queue(struct __sk_buff *skb)
{
	__u32 class = classify(skb) & (CLASSES - 1);
	__u64 before = dequeued;
	int *bit, i, drained;

	if (enqueue(class, skb->len))
		return 2;
	if (remember(virtual_time, skb->len) > 0)
		forgotten++;
	bpf_for(i, 0, CLASSES) {
		__u32 key = i;
		struct class_state *c = bpf_map_lookup_elem(&classes, &key);

		if (c)
			depth_sum += c->queued * (i + 1);
	}
	bpf_for_each(bits, bit, &active_classes, 1)
		bit_sum += *bit + 1;
	if (queued - dequeued > MOST_QUEUED)
		bpf_repeat(4) {
			if (dequeue())
				break;
		}
	else if (class & 1)
		dequeue();
	/* A counter of turns would keep the states of the loop apart. */
	drained = dequeued - before;
	skb->mark = drained;
	return drained > 1 ? 1 : 0;
}

char _license[] SEC("license") = "GPL";
