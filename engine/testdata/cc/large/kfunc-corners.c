// What kernel functions answer at their edges: each answer is folded into a word of the map.
// differs: .bss.first
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <bpf_experimental.h>
#include <bpf_kfuncs.h>

#define WORDS 64

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, WORDS);
	__type(key, __u32);
	__type(value, __u64);
} answers SEC(".maps");

struct node {
	struct bpf_list_node link;
	struct bpf_rb_node tree;
	struct bpf_refcount refs;
	__u64 value;
};

struct held {
	struct node __kptr *node;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} counted SEC(".maps");

private(first) struct bpf_spin_lock lock;
private(first) struct bpf_list_head list __contains(node, link);
private(first) struct bpf_rb_root root __contains(node, tree);

char text[64] = "The quick brown fox";
char upper[64] = "THE QUICK BROWN FOX";
char part[16] = "brown";
char letters[16] = "Teh ciuq";
char empty[4] = "";

static __always_inline void put(__u32 at, __u64 value)
{
	__u64 *word = bpf_map_lookup_elem(&answers, &at);

	if (word)
		*word = *word * 1000003 + value;
}

static __always_inline void texts(__u32 length)
{
	put(0, bpf_strcmp(text, text));
	put(1, bpf_strcmp(text, upper));
	put(2, bpf_strcmp(upper, text));
	put(3, bpf_strcasecmp(text, upper));
	put(4, bpf_strlen(text));
	put(5, bpf_strnlen(text, 5));
	put(6, bpf_strnlen(text, length));
	put(7, bpf_strchr(text, 'q'));
	put(8, bpf_strchr(text, 'Z'));
	put(9, bpf_strchr(text, 0));
	put(10, bpf_strnchr(text, 3, 'q'));
	put(11, bpf_strnchr(text, 300, 'q'));
	put(12, bpf_strchrnul(text, 'Z'));
	put(13, bpf_strrchr(text, 'o'));
	put(14, bpf_strrchr(text, 'Z'));
	put(15, bpf_strspn(text, letters));
	put(16, bpf_strcspn(text, part));
	put(17, bpf_strstr(text, part));
	put(18, bpf_strstr(text, upper));
	put(19, bpf_strstr(text, empty));
	put(20, bpf_strnstr(text, part, 12));
	put(21, bpf_strnstr(text, part, 15));
	put(22, bpf_strnstr(text, part, 0));
	put(23, bpf_strcmp(NULL, text));
	put(24, bpf_strlen(NULL));
	put(25, bpf_strspn(text, empty));
	put(26, bpf_strcspn(text, empty));
	put(27, bpf_strcasecmp(text, part));
	put(28, bpf_strstr(empty, empty));
	put(29, bpf_strnstr(empty, part, 9));
}

static __always_inline void numbers(int low, int high)
{
	struct bpf_iter_num it;
	int *n, turns = 0;

	put(30, bpf_iter_num_new(&it, low, high));
	n = bpf_iter_num_next(&it);
	put(31, n ? *n : 77);
	n = bpf_iter_num_next(&it);
	put(31, n ? *n : 78);
	bpf_iter_num_destroy(&it);
	put(32, bpf_iter_num_new(&it, -2147483647 - 1, -2147483640));
	while ((n = bpf_iter_num_next(&it)))
		put(33, *n);
	bpf_iter_num_destroy(&it);
}

static __always_inline void bits(__u64 a, __u64 b)
{
	__u64 words[3] = { a, b, 1ull << 63 };
	struct bpf_iter_bits it;
	int *bit;

	put(34, bpf_iter_bits_new(&it, words, 0));
	put(34, bpf_iter_bits_next(&it) != NULL);
	bpf_iter_bits_destroy(&it);
	put(35, bpf_iter_bits_new(&it, words, 600));
	bpf_iter_bits_destroy(&it);
	put(36, bpf_iter_bits_new(&it, words, 3));
	while ((bit = bpf_iter_bits_next(&it)))
		put(37, *bit);
	bpf_iter_bits_destroy(&it);
	put(38, bpf_iter_bits_new(&it, NULL, 1));
	bpf_iter_bits_destroy(&it);
}

static bool by_value(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return container_of(a, struct node, tree)->value < container_of(b, struct node, tree)->value;
}

static __always_inline void graph(__u64 value)
{
	struct node *n = bpf_obj_new(typeof(*n)), *m;
	struct bpf_list_node *end;
	struct bpf_rb_node *top;

	if (!n)
		return;
	n->value = value * 2654435761u % 1000;
	m = bpf_refcount_acquire(n);
	bpf_spin_lock(&lock);
	bpf_rbtree_add(&root, &m->tree, by_value);
	if (value & 1)
		bpf_list_push_front(&list, &n->link);
	else
		bpf_list_push_back(&list, &n->link);
	bpf_spin_unlock(&lock);
	bpf_spin_lock(&lock);
	end = bpf_list_back(&list);
	if (end)
		value = container_of(end, struct node, link)->value;
	bpf_spin_unlock(&lock);
	put(40, value);
	bpf_spin_lock(&lock);
	top = bpf_rbtree_root(&root);
	if (top) {
		value = container_of(top, struct node, tree)->value;
		top = bpf_rbtree_left(&root, top);
		if (top)
			value = value * 7 + container_of(top, struct node, tree)->value;
	}
	bpf_spin_unlock(&lock);
	put(41, value);
	if (value % 3)
		return;
	bpf_spin_lock(&lock);
	end = value & 1 ? bpf_list_pop_back(&list) : bpf_list_pop_front(&list);
	bpf_spin_unlock(&lock);
	if (!end)
		return;
	n = container_of(end, struct node, link);
	put(42, n->value);
	bpf_spin_lock(&lock);
	top = bpf_rbtree_remove(&root, &n->tree);
	bpf_spin_unlock(&lock);
	bpf_obj_drop(n);
	if (top) {
		m = container_of(top, struct node, tree);
		put(43, m->value);
		bpf_obj_drop(m);
	}
}

SEC("tc")
int corners(struct __sk_buff *skb)
{
	unsigned long flags;
	__u32 key = skb->len & 3;
	__u64 one = 1;

	texts(skb->len);
	numbers(skb->len % 7, skb->len % 5);
	bits(skb->len, (__u64)skb->len << 50);
	graph(skb->len);
	bpf_rcu_read_lock();
	put(44, 1);
	bpf_rcu_read_unlock();
	bpf_preempt_disable();
	put(44, 2);
	bpf_preempt_enable();
	bpf_local_irq_save(&flags);
	put(44, 3);
	bpf_local_irq_restore(&flags);
	bpf_map_update_elem(&counted, &key, &one, BPF_ANY);
	put(45, bpf_map_sum_elem_count((struct bpf_map *)&counted));
	return 0;
}

char _license[] SEC("license") = "GPL";
