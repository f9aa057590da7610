#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf_experimental.h"
#include "bpf_kfuncs.h"

struct node {
	u64 key;
	struct bpf_refcount refs;
	struct bpf_rb_node rb;
	struct bpf_list_node list;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_rb_root tree __contains(node, rb);

static bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return container_of(a, struct node, rb)->key < container_of(b, struct node, rb)->key;
}

SEC("tc")
int insert(struct __sk_buff *skb)
{
	struct node *node = bpf_obj_new(typeof(*node));
	struct bpf_dynptr packet;
	char buffer[14];
	struct ethhdr *eth;

	if (!node)
		return 1;
	node->key = bpf_get_prandom_u32();
	bpf_spin_lock(&lock);
	bpf_rbtree_add(&tree, &node->rb, less);
	bpf_spin_unlock(&lock);
	bpf_dynptr_from_skb(skb, 0, &packet);
	eth = bpf_dynptr_slice(&packet, 0, buffer, sizeof(buffer));
	return eth ? eth->h_proto : 0;
}

SEC("tp_btf/task_newtask")
int BPF_PROG(born, struct task_struct *task, u64 flags)
{
	struct task_struct *held = bpf_task_acquire(task);

	if (!held)
		return 0;
	bpf_task_release(held);
	return 0;
}

char _license[] SEC("license") = "GPL";
