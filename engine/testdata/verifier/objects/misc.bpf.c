// SPDX-License-Identifier: MIT
// Probes for the differential test: compiled by clang 22 with -g -O2 -mcpu=v3 against vmlinux.h and the kernel's bpf_experimental.h.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf_experimental.h"
struct v { struct bpf_timer t; struct bpf_wq w; int x; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct v); } m SEC(".maps");
struct v2 { struct bpf_timer t; int x; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct v2); } m2 SEC(".maps");
struct v3 { struct bpf_wq t; int x; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct v3); } m3 SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, int); } plain SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } rb SEC(".maps");
struct pnode { struct bpf_list_node n; int x; };
#define private(name) SEC(".bss." #name) __hidden __attribute__((aligned(8)))
private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head nohead;
private(A) struct bpf_rb_root noroot;
extern int bpf_dynptr_clone(const struct bpf_dynptr *ptr, struct bpf_dynptr *clone) __ksym;
extern bool bpf_dynptr_is_null(const struct bpf_dynptr *p) __ksym;
extern int bpf_dynptr_adjust(const struct bpf_dynptr *p, __u32 start, __u32 end) __ksym;
extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __ksym;
extern int bpf_wq_start(struct bpf_wq *wq, unsigned int flags) __ksym;
static __always_inline void *get(void *map, int k) { return bpf_map_lookup_elem(map, &k); }
#define E(n) SEC("tc") int n(struct __sk_buff *ctx)
__noinline int g_dyn(const struct bpf_dynptr *p) { return bpf_dynptr_is_null(p); }
__noinline int g_dynclone(const struct bpf_dynptr *p) { struct bpf_dynptr q; bpf_ringbuf_reserve_dynptr(&rb, 8, 0, &q); bpf_dynptr_clone(&q, (void *)p); bpf_ringbuf_discard_dynptr(&q, 0); return 0; }
__noinline int g_dynadj(const struct bpf_dynptr *p) { return bpf_dynptr_adjust(p, 0, 1); }
E(d1) { struct v2 *e = get(&m2, 0); struct bpf_dynptr q; if (!e) return 0; bpf_dynptr_from_mem(&e->x, 4, 0, &q); return g_dyn(&q); }
E(d2) { struct v2 *e = get(&m2, 0); struct bpf_dynptr q; if (!e) return 0; bpf_dynptr_from_mem(&e->x, 4, 0, &q); return g_dynclone(&q); }
E(d3) { struct v2 *e = get(&m2, 0); struct bpf_dynptr q; if (!e) return 0; bpf_dynptr_from_mem(&e->x, 4, 0, &q); return g_dynadj(&q); }
E(wqmap2) { struct v3 *e = get(&m3, 0); if (!e) return 0; bpf_wq_init(&e->t, &m, 0); return 0; }
E(wqok) { struct v3 *e = get(&m3, 0); if (!e) return 0; bpf_wq_init(&e->t, &m3, 0); return 0; }
E(tmap) { struct v2 *e = get(&m2, 0); if (!e) return 0; bpf_timer_init(&e->t, &plain, 0); return 0; }
E(nocontains) { struct pnode *n = bpf_obj_new(typeof(*n)); if (!n) return 0; bpf_spin_lock(&lock); bpf_list_push_front(&nohead, &n->n); bpf_spin_unlock(&lock); return 0; }
E(pernum) { char b[64]; static const char f[] = "%d %s"; u64 a[2] = {1, (long)"x"}; return bpf_snprintf(b, 64, f, a, 16); }
E(badfmt) { char b[64]; static const char f[] = "%q"; u64 a[2] = {1, 2}; return bpf_snprintf(b, 64, f, a, 16); }
E(fewfmt) { char b[64]; static const char f[] = "%d %d %d"; u64 a[2] = {1, 2}; return bpf_snprintf(b, 64, f, a, 16); }
char _license[] SEC("license") = "GPL";
