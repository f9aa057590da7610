// SPDX-License-Identifier: MIT
// Probes for the differential test: compiled by clang 22 with -g -O2 -mcpu=v3 against vmlinux.h and the kernel's bpf_experimental.h.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf_experimental.h"
char _license[] SEC("license") = "GPL";
#define private(name) SEC(".bss." #name) __hidden __attribute__((aligned(8)))
struct nd { int a; struct bpf_rb_node r; long b; };
struct ln { int a; struct bpf_list_node l; struct bpf_refcount rc; struct bpf_rb_node r; };
struct pl { long x; int y; };
private(A) struct bpf_spin_lock la;
private(A) struct bpf_rb_root ra __contains(nd, r);
private(B) struct bpf_spin_lock lb;
private(B) struct bpf_list_head hb __contains(ln, l);
private(C) struct bpf_spin_lock lc;
private(C) struct bpf_rb_root rc2 __contains(ln, r);
struct kv { struct pl __percpu_kptr *p; struct nd __kptr *n; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, int); __type(value, struct kv); } m SEC(".maps");
struct wv { struct bpf_wq w; int c; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 2); __type(key, int); __type(value, struct wv); } wm SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_USER_RINGBUF); __uint(max_entries, 4096); } urb SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } rb SEC(".maps");
extern void bpf_rcu_read_lock(void) __ksym; extern void bpf_rcu_read_unlock(void) __ksym;
extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __ksym;
extern int bpf_wq_start(struct bpf_wq *wq, unsigned int flags) __ksym;
long g;
static bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b) { return container_of(a, struct nd, r)->a < container_of(b, struct nd, r)->a; }
static bool less2(struct bpf_rb_node *a, const struct bpf_rb_node *b) { return container_of(a, struct ln, r)->a < container_of(b, struct ln, r)->a; }
#define C(n) SEC("tc") int n(struct __sk_buff *ctx)
C(newdrop) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; n->a = 1; bpf_obj_drop(n); return 0; }
C(newleak) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; n->a = 1; return 0; }
C(nonull) { struct nd *n = bpf_obj_new(typeof(*n)); n->a = 1; return 0; }
C(direct) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; *(volatile long *)&n->r = 1; bpf_obj_drop(n); return 0; }
C(add) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; bpf_spin_lock(&la); bpf_rbtree_add(&ra, &n->r, less); bpf_spin_unlock(&la); return 0; }
C(addnolock) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; bpf_rbtree_add(&ra, &n->r, less); return 0; }
C(addwrong) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; bpf_spin_lock(&lb); bpf_rbtree_add(&ra, &n->r, less); bpf_spin_unlock(&lb); return 0; }
C(adduse) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; bpf_spin_lock(&la); bpf_rbtree_add(&ra, &n->r, less); n->b = 3; bpf_spin_unlock(&la); return 0; }
C(adduse2) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; bpf_spin_lock(&la); bpf_rbtree_add(&ra, &n->r, less); bpf_spin_unlock(&la); g = n->b; return 0; }
C(first) { struct bpf_rb_node *r; struct nd *n; bpf_spin_lock(&la); r = bpf_rbtree_first(&ra); if (!r) { bpf_spin_unlock(&la); return 0; } n = container_of(r, struct nd, r); g = n->b; r = bpf_rbtree_remove(&ra, r); bpf_spin_unlock(&la); if (!r) return 0; bpf_obj_drop(container_of(r, struct nd, r)); return 0; }
C(lpush) { struct ln *n = bpf_obj_new(typeof(*n)), *m2; struct bpf_list_node *l; if (!n) return 0; m2 = bpf_refcount_acquire(n); bpf_spin_lock(&lb); bpf_list_push_back(&hb, &n->l); bpf_spin_unlock(&lb); bpf_spin_lock(&lc); bpf_rbtree_add(&rc2, &m2->r, less2); bpf_spin_unlock(&lc); return 0; }
C(lpop) { struct bpf_list_node *l; bpf_spin_lock(&lb); l = bpf_list_pop_front(&hb); bpf_spin_unlock(&lb); if (!l) return 0; bpf_obj_drop(container_of(l, struct ln, l)); return 0; }
C(lpopleak) { struct bpf_list_node *l; bpf_spin_lock(&lb); l = bpf_list_pop_front(&hb); bpf_spin_unlock(&lb); return l != 0; }
C(rcacq) { struct nd *n = bpf_obj_new(typeof(*n)); if (!n) return 0; n = bpf_refcount_acquire(n); if (n) bpf_obj_drop(n); return 0; }
C(stash) { int k = 0; struct kv *v = bpf_map_lookup_elem(&m, &k); struct nd *n; if (!v) return 0; n = bpf_obj_new(typeof(*n)); if (!n) return 0; n = bpf_kptr_xchg(&v->n, n); if (n) bpf_obj_drop(n); return 0; }
C(pcpu) { int k = 0; struct kv *v = bpf_map_lookup_elem(&m, &k); struct pl *p, *q; if (!v) return 0; p = bpf_percpu_obj_new(struct pl); if (!p) return 0; q = bpf_this_cpu_ptr(p); q->x = 1; p = bpf_kptr_xchg(&v->p, p); if (p) bpf_percpu_obj_drop(p); return 0; }
C(pcpu2) { int k = 0; struct kv *v = bpf_map_lookup_elem(&m, &k); struct pl *p, *q; if (!v) return 0; bpf_rcu_read_lock(); p = v->p; if (p) { q = bpf_per_cpu_ptr(p, 0); if (q) q->x = 2; q = bpf_this_cpu_ptr(p); g = q->y; } bpf_rcu_read_unlock(); return 0; }
C(pcpu3) { int k = 0; struct kv *v = bpf_map_lookup_elem(&m, &k); struct pl *p; if (!v) return 0; p = v->p; if (p) g = ((struct pl *)bpf_this_cpu_ptr(p))->y; return 0; }
static int wcb(void *map, int *key, struct wv *v) { v->c++; return 0; }
static int wcb2(void *map, int *key, struct wv *v) { bpf_wq_start(&v->w, 0); return 1; }
C(wq) { int k = 0; struct wv *v = bpf_map_lookup_elem(&wm, &k); if (!v) return 0; bpf_wq_init(&v->w, &wm, 0); bpf_wq_set_callback(&v->w, (void *)wcb, 0); bpf_wq_start(&v->w, 0); return 0; }
C(wq2) { int k = 0; struct wv *v = bpf_map_lookup_elem(&wm, &k); if (!v) return 0; bpf_wq_init(&v->w, &wm, 0); bpf_wq_set_callback(&v->w, (void *)wcb2, 0); return 0; }
static long dcb(struct bpf_dynptr *d, void *c) { long x; bpf_dynptr_read(&x, 8, d, 0, 0); g += x; return 0; }
static long dcb2(struct bpf_dynptr *d, void *c) { bpf_ringbuf_submit_dynptr(d, 0); return 0; }
static long dcb3(struct bpf_dynptr *d, void *c) { return 5; }
SEC("raw_tp/sys_enter") int dr(void *ctx) { bpf_user_ringbuf_drain(&urb, dcb, NULL, 0); return 0; }
SEC("raw_tp/sys_enter") int dr2(void *ctx) { bpf_user_ringbuf_drain(&urb, dcb2, NULL, 0); return 0; }
SEC("raw_tp/sys_enter") int dr3(void *ctx) { bpf_user_ringbuf_drain(&urb, dcb3, NULL, 0); return 0; }
C(rdyn) { struct bpf_dynptr d; long *p; bpf_ringbuf_reserve_dynptr(&rb, 16, 0, &d); p = bpf_dynptr_data(&d, 0, 8); if (p) *p = 1; bpf_ringbuf_submit_dynptr(&d, 0); return 0; }
C(rdyn2) { struct bpf_dynptr d; long *p; bpf_ringbuf_reserve_dynptr(&rb, 16, 0, &d); p = bpf_dynptr_data(&d, 0, 8); bpf_ringbuf_submit_dynptr(&d, 0); if (p) *p = 1; return 0; }
C(rdyn3) { struct bpf_dynptr d; bpf_ringbuf_reserve_dynptr(&rb, 16, 0, &d); *(volatile long *)&d = 3; bpf_ringbuf_submit_dynptr(&d, 0); return 0; }
C(rdyn4) { struct bpf_dynptr d; bpf_ringbuf_reserve_dynptr(&rb, 16, 0, &d); return 0; }
C(arr) { struct nd *n[2]; for (int i = 0; i < 2; i++) n[i] = bpf_obj_new(struct nd); for (int i = 0; i < 2; i++) if (n[i]) bpf_obj_drop(n[i]); return 0; }
__weak int gm(long *p __arg_nonnull) { return *p; }
__weak int gm2(long *p) { return p ? *p : 0; }
__weak int gctx(struct __sk_buff *s) { return s->len; }
C(ga) { long x = 1; return gm(&x); }
C(gb) { return gm(NULL); }
C(gc) { return gm2(NULL); }
C(gd) { return gctx(ctx) + gm2(&g); }
C(ge) { return gm2((void *)ctx); }
C(maygoto) { int s = 0; for (int i = 0; can_loop; i++) s += i; return s; }
