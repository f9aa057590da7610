// not repeatable
// Lists, trees, references and pointers in maps to objects of the program's own.
#include <vmlinux.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "bpf_experimental.h"
char _license[] SEC("license") = "GPL";
struct rbn {
	long key;
	long data;
	struct bpf_rb_node node;
};
struct lnode {
	int v;
	struct bpf_list_node l;
	struct bpf_list_node l2;
};
struct both {
	struct bpf_refcount ref;
	struct bpf_rb_node r;
	struct bpf_list_node l;
	u64 k;
};
struct percpu_v {
	int a;
	u64 b;
};
struct withptr {
	struct rbn __kptr *n;
	struct percpu_v __percpu_kptr *pc;
	struct lnode __kptr *l;
};
#define private(name) SEC(".data." #name) __hidden __attribute__((aligned(8)))
private(A) struct bpf_spin_lock glock;
private(A) struct bpf_rb_root groot __contains(rbn, node);
private(A) struct bpf_list_head ghead __contains(lnode, l);
private(B) struct bpf_spin_lock block;
private(B) struct bpf_rb_root broot __contains(both, r);
private(B) struct bpf_list_head bhead __contains(both, l);
struct mv {
	struct bpf_spin_lock lock;
	int data;
	struct bpf_list_head head __contains(lnode, l);
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, int);
	__type(value, struct mv);
	__uint(max_entries, 1);
} amap SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, int);
	__type(value, struct withptr);
	__uint(max_entries, 4);
} pmap SEC(".maps");
long removed, sum;
int err;
static bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	struct rbn *x = container_of(a, struct rbn, node), *y = container_of(b, struct rbn, node);
	return x->key < y->key;
}
static bool bless(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return container_of(a, struct both, r)->k < container_of(b, struct both, r)->k;
}
static long add3(struct bpf_rb_root *root, struct bpf_spin_lock *lock)
{
	struct rbn *n, *m = bpf_obj_new(typeof(*m));
	if (!m)
		return 1;
	m->key = 5;
	n = bpf_obj_new(struct rbn);
	if (!n) {
		bpf_obj_drop(m);
		return 2;
	}
	n->key = 3;
	bpf_spin_lock(lock);
	bpf_rbtree_add(root, &m->node, less);
	bpf_rbtree_add(root, &n->node, less);
	bpf_spin_unlock(lock);
	n = bpf_obj_new(typeof(*n));
	if (!n)
		return 3;
	n->key = 1;
	bpf_spin_lock(lock);
	bpf_rbtree_add(root, &n->node, less);
	bpf_spin_unlock(lock);
	return 0;
}
SEC("tc") long rb(void *ctx)
{
	struct bpf_rb_node *res = NULL;
	struct rbn *o;
	long e = add3(&groot, &glock);
	if (e)
		return e;
	bpf_spin_lock(&glock);
	res = bpf_rbtree_first(&groot);
	if (!res) {
		bpf_spin_unlock(&glock);
		return -1;
	}
	o = container_of(res, struct rbn, node);
	sum += o->key;
	res = bpf_rbtree_remove(&groot, &o->node);
	bpf_spin_unlock(&glock);
	if (!res)
		return 1;
	o = container_of(res, struct rbn, node);
	removed = o->key;
	bpf_obj_drop(o);
	return removed;
}
SEC("tc") int lst(void *ctx)
{
	struct lnode *n = bpf_obj_new(typeof(*n));
	struct bpf_list_node *p;
	int i;
	if (!n)
		return 0;
	n->v = 7;
	bpf_spin_lock(&glock);
	bpf_list_push_front(&ghead, &n->l);
	bpf_spin_unlock(&glock);
	n = bpf_obj_new(typeof(*n));
	if (!n)
		return 0;
	n->v = 9;
	bpf_spin_lock(&glock);
	bpf_list_push_back(&ghead, &n->l);
	bpf_spin_unlock(&glock);
	for (i = 0; i < 4; i++) {
		bpf_spin_lock(&glock);
		p = i & 1 ? bpf_list_pop_back(&ghead) : bpf_list_pop_front(&ghead);
		bpf_spin_unlock(&glock);
		if (!p)
			break;
		n = container_of(p, struct lnode, l);
		sum = sum * 10 + n->v;
		bpf_obj_drop(n);
	}
	return sum;
}
SEC("tc") int mapl(void *ctx)
{
	int k = 0;
	struct mv *v = bpf_map_lookup_elem(&amap, &k);
	struct lnode *n;
	struct bpf_list_node *p;
	if (!v)
		return 0;
	n = bpf_obj_new(struct lnode);
	if (!n)
		return 0;
	n->v = v->data;
	bpf_spin_lock(&v->lock);
	bpf_list_push_back(&v->head, &n->l);
	p = bpf_list_pop_front(&v->head);
	v->data++;
	bpf_spin_unlock(&v->lock);
	if (p)
		bpf_obj_drop(container_of(p, struct lnode, l));
	return 0;
}
SEC("tc") int refs(void *ctx)
{
	struct both *n = bpf_obj_new(typeof(*n)), *m;
	struct bpf_rb_node *r;
	struct bpf_list_node *l;
	if (!n)
		return 1;
	n->k = 17;
	m = bpf_refcount_acquire(n);
	if (!m) {
		bpf_obj_drop(n);
		return 2;
	}
	bpf_spin_lock(&block);
	bpf_rbtree_add(&broot, &n->r, bless);
	bpf_list_push_back(&bhead, &m->l);
	bpf_spin_unlock(&block);
	bpf_spin_lock(&block);
	r = bpf_rbtree_first(&broot);
	if (r)
		r = bpf_rbtree_remove(&broot, r);
	l = bpf_list_pop_front(&bhead);
	bpf_spin_unlock(&block);
	if (r) {
		sum += container_of(r, struct both, r)->k;
		bpf_obj_drop(container_of(r, struct both, r));
	}
	if (l) {
		n = container_of(l, struct both, l);
		sum += n->k;
		bpf_obj_drop(n);
	}
	return 0;
}
SEC("tc") int stash(void *ctx)
{
	int k = 1;
	struct withptr *w = bpf_map_lookup_elem(&pmap, &k);
	struct rbn *n;
	struct percpu_v *p, *q;
	if (!w)
		return 1;
	n = bpf_obj_new(struct rbn);
	if (!n)
		return 2;
	n->key = 77;
	n = bpf_kptr_xchg(&w->n, n);
	if (n)
		bpf_obj_drop(n);
	n = bpf_kptr_xchg(&w->n, NULL);
	if (n) {
		sum += n->key;
		bpf_obj_drop(n);
	}
	return 0;
}
SEC("tc") int pcpu(void *ctx)
{
	int k = 1;
	struct withptr *w = bpf_map_lookup_elem(&pmap, &k);
	struct percpu_v __percpu_kptr *p;
	struct percpu_v *q;
	if (!w)
		return 1;
	p = bpf_percpu_obj_new(struct percpu_v);
	if (!p)
		return 2;
	p = bpf_kptr_xchg(&w->pc, p);
	if (p)
		bpf_percpu_obj_drop(p);
	p = w->pc;
	if (!p)
		return 3;
	q = bpf_per_cpu_ptr(p, 0);
	if (q) {
		q->a = 5;
		q->b = 6;
	}
	q = bpf_this_cpu_ptr(p);
	sum += q->a;
	return 0;
}
