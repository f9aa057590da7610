// A queue ordered by a tree and a list of spare nodes: objects of the program's own, owned by one or the other.
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include "bpf_experimental.h"

struct packet {
	__u64 deadline;
	__u32 len;
	struct bpf_rb_node by_time;
	struct bpf_list_node spare;
	struct bpf_refcount refs;
};

struct stash {
	struct packet __kptr *last;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct stash);
} stashes SEC(".maps");

#ifndef private
#define private(name) SEC(".bss." #name) __hidden __attribute__((aligned(8)))
#endif
private(Q) struct bpf_spin_lock lock;
private(Q) struct bpf_rb_root queue __contains(packet, by_time);
private(L) struct bpf_spin_lock spare_lock;
private(L) struct bpf_list_head spares __contains(packet, spare);

__u64 queued, sent, kept;

static bool earlier(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return container_of(a, struct packet, by_time)->deadline < container_of(b, struct packet, by_time)->deadline;
}

static __always_inline struct packet *take_or_make(void)
{
	struct bpf_list_node *node;

	bpf_spin_lock(&spare_lock);
	node = bpf_list_pop_front(&spares);
	bpf_spin_unlock(&spare_lock);
	return node ? container_of(node, struct packet, spare) : bpf_obj_new(struct packet);
}

SEC("tc")
int enqueue(struct __sk_buff *skb)
{
	struct packet *p = take_or_make(), *again;
	struct stash *stash;
	__u32 zero = 0;

	if (!p)
		return -1;
	p->deadline = 1000 - (__u64)skb->len;
	p->len = skb->len;
	again = bpf_refcount_acquire(p);
	bpf_spin_lock(&lock);
	bpf_rbtree_add(&queue, &p->by_time, earlier);
	bpf_spin_unlock(&lock);
	queued++;
	stash = bpf_map_lookup_elem(&stashes, &zero);
	if (!stash) {
		bpf_obj_drop(again);
		return -1;
	}
	again = bpf_kptr_xchg(&stash->last, again);
	if (again) {
		kept += again->len;
		bpf_obj_drop(again);
	}
	return 0;
}

SEC("tc")
int dequeue(struct __sk_buff *skb)
{
	struct bpf_rb_node *node;
	struct packet *p;

	bpf_spin_lock(&lock);
	node = bpf_rbtree_first(&queue);
	if (!node) {
		bpf_spin_unlock(&lock);
		return 1;
	}
	node = bpf_rbtree_remove(&queue, node);
	bpf_spin_unlock(&lock);
	if (!node)
		return 2;
	p = container_of(node, struct packet, by_time);
	sent += p->len;
	bpf_spin_lock(&spare_lock);
	bpf_list_push_back(&spares, &p->spare);
	bpf_spin_unlock(&spare_lock);
	return 0;
}

char _license[] SEC("license") = "GPL";
