// SPDX-License-Identifier: MIT
// Probes for the differential test: compiled by clang 22 with -g -O2 -mcpu=v3 against vmlinux.h and the kernel's bpf_experimental.h.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
#include "bpf_experimental.h"
char _license[] SEC("license") = "GPL";
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern struct cgroup *bpf_cgroup_acquire(struct cgroup *p) __ksym;
extern void bpf_cgroup_release(struct cgroup *p) __ksym;
extern struct cgroup *bpf_cgroup_ancestor(struct cgroup *cgrp, int level) __ksym;
extern struct cgroup *bpf_cgroup_from_id(u64 cgid) __ksym;
extern long bpf_task_under_cgroup(struct task_struct *task, struct cgroup *ancestor) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern void *bpf_rdonly_cast(const void *obj, u32 btf_id) __ksym;
extern struct bpf_cpumask *bpf_cpumask_create(void) __ksym;
extern void bpf_cpumask_release(struct bpf_cpumask *cpumask) __ksym;
extern u32 bpf_cpumask_first(const struct cpumask *cpumask) __ksym;
extern bool bpf_cpumask_test_cpu(u32 cpu, const struct cpumask *cpumask) __ksym;
extern void bpf_cpumask_set_cpu(u32 cpu, struct bpf_cpumask *cpumask) __ksym;
extern int bpf_iter_task_new(struct bpf_iter_task *it, struct task_struct *task, unsigned int flags) __ksym;
extern struct task_struct *bpf_iter_task_next(struct bpf_iter_task *it) __ksym;
extern void bpf_iter_task_destroy(struct bpf_iter_task *it) __ksym;
extern int bpf_iter_bits_new(struct bpf_iter_bits *it, const u64 *unsafe_ptr__ign, u32 nr_words) __ksym;
extern int *bpf_iter_bits_next(struct bpf_iter_bits *it) __ksym;
extern void bpf_iter_bits_destroy(struct bpf_iter_bits *it) __ksym;
struct kv { struct task_struct __kptr *t; struct cgroup __kptr *c; struct bpf_cpumask __kptr *m; struct task_struct __kptr_untrusted *u; int x; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct kv); } m SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, struct kv); } ts SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_CGRP_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, long); } cs SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_SK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, long); } sks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 4); __type(key, int); __type(value, struct kv); } lru SEC(".maps");
long g; int k0;
static __always_inline struct kv *e(void) { int k = 0; return bpf_map_lookup_elem(&m, &k); }
#define T(n) SEC("tp_btf/task_newtask") int BPF_PROG(n, struct task_struct *task, u64 clone_flags)
T(t_acq) { struct task_struct *a = bpf_task_acquire(task); if (a) bpf_task_release(a); return 0; }
T(t_acq_parent) { struct task_struct *a = bpf_task_acquire(task->parent); if (a) bpf_task_release(a); return 0; }
T(t_acq_rp) { struct task_struct *a; bpf_rcu_read_lock(); a = bpf_task_acquire(task->real_parent); if (a) bpf_task_release(a); bpf_rcu_read_unlock(); return 0; }
T(t_rp_after) { struct task_struct *a; bpf_rcu_read_lock(); a = task->real_parent; bpf_rcu_read_unlock(); g = a->pid; return 0; }
T(t_rp_after2) { struct task_struct *a; bpf_rcu_read_lock(); a = task->real_parent; bpf_rcu_read_unlock(); a = bpf_task_acquire(a); if (a) bpf_task_release(a); return 0; }
T(t_last_wakee) { g = (long)task->last_wakee; struct task_struct *a = bpf_task_acquire(task->last_wakee); if (a) bpf_task_release(a); return 0; }
T(t_grp) { struct task_struct *a = bpf_task_acquire(task->group_leader); if (a) bpf_task_release(a); return 0; }
T(t_cgrp) { struct cgroup *c = bpf_cgroup_acquire(task->cgroups->dfl_cgrp); if (c) bpf_cgroup_release(c); return 0; }
T(t_cgrp_rcu) { struct cgroup *c; bpf_rcu_read_lock(); c = task->cgroups->dfl_cgrp; if (c) { c = bpf_cgroup_acquire(c); if (c) bpf_cgroup_release(c);} bpf_rcu_read_unlock(); return 0; }
T(t_cpus) { g = bpf_cpumask_first(task->cpus_ptr); return 0; }
T(t_cpus2) { g = bpf_cpumask_test_cpu(0, task->user_cpus_ptr); return 0; }
T(t_cpus3) { g = bpf_cpumask_test_cpu(0, &task->cpus_mask); return 0; }
T(t_mm) { struct mm_struct *mm = task->mm; if (!mm) return 0; g = mm->total_vm; return 0; }
T(t_file) { bpf_rcu_read_lock(); struct mm_struct *mm = task->mm; if (mm) { struct file *f = mm->exe_file; if (f) g = f->f_flags; } bpf_rcu_read_unlock(); return 0; }
T(t_leak) { struct task_struct *a = bpf_task_from_pid(1); if (a) g = a->pid; return 0; }
T(t_dbl) { struct task_struct *a = bpf_task_from_pid(1); if (!a) return 0; bpf_task_release(a); bpf_task_release(a); return 0; }
T(t_uaf) { struct task_struct *a = bpf_task_from_pid(1); if (!a) return 0; bpf_task_release(a); g = a->pid; return 0; }
T(t_xchg) { struct kv *v = e(); struct task_struct *a, *o; if (!v) return 0; a = bpf_task_from_pid(1); if (!a) return 0; o = bpf_kptr_xchg(&v->t, a); if (o) bpf_task_release(o); return 0; }
T(t_xchg_bad) { struct kv *v = e(); struct task_struct *a, *o; if (!v) return 0; a = bpf_task_from_pid(1); if (!a) return 0; o = bpf_kptr_xchg(&v->c, (void *)a); if (o) bpf_task_release(o); return 0; }
T(t_xchg_null) { struct kv *v = e(); struct task_struct *o; if (!v) return 0; o = bpf_kptr_xchg(&v->t, NULL); if (o) { g = o->pid; bpf_task_release(o);} return 0; }
T(t_kload) { struct kv *v = e(); struct task_struct *o; if (!v) return 0; bpf_rcu_read_lock(); o = v->t; if (o) { o = bpf_task_acquire(o); if (o) bpf_task_release(o); } bpf_rcu_read_unlock(); return 0; }
T(t_kload_norcu) { struct kv *v = e(); struct task_struct *o; if (!v) return 0; o = v->t; if (!o) return 0; o = bpf_task_acquire(o); if (o) bpf_task_release(o); return 0; }
T(t_kstore) { struct kv *v = e(); if (!v) return 0; v->u = task; return 0; }
T(t_kstore_ref) { struct kv *v = e(); if (!v) return 0; *(volatile void **)&v->t = task; return 0; }
T(t_kun) { struct kv *v = e(); struct task_struct *u; if (!v) return 0; u = v->u; if (!u) return 0; g = u->pid; return 0; }
T(t_mask) { struct bpf_cpumask *c = bpf_cpumask_create(); if (!c) return 0; bpf_cpumask_set_cpu(0, c); g = bpf_cpumask_test_cpu(1, (void *)c); bpf_cpumask_release(c); return 0; }
T(t_mask2) { bpf_cpumask_set_cpu(0, (void *)task->cpus_ptr); return 0; }
T(t_storage) { struct kv *v = bpf_task_storage_get(&ts, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE); if (v) v->x = 1; return 0; }
T(t_storage_cur) { struct kv *v = bpf_task_storage_get(&ts, bpf_get_current_task_btf(), 0, 0); if (v) v->x++; return 0; }
T(t_storage_walk) { struct kv *v = bpf_task_storage_get(&ts, task->real_parent, 0, 0); if (v) v->x++; return 0; }
T(t_cgstor) { struct cgroup *c = bpf_cgroup_from_id(1); long *p; if (!c) return 0; p = bpf_cgrp_storage_get(&cs, c, 0, 1); if (p) *p = 1; bpf_cgroup_release(c); return 0; }
T(t_cgstor_raw) { long *p = bpf_cgrp_storage_get(&cs, task->cgroups->dfl_cgrp, 0, 1); if (p) *p = 1; return 0; }
T(t_iter) { struct bpf_iter_task it; struct task_struct *p; bpf_rcu_read_lock(); bpf_iter_task_new(&it, NULL, 0); while ((p = bpf_iter_task_next(&it))) g += p->pid; bpf_iter_task_destroy(&it); bpf_rcu_read_unlock(); return 0; }
T(t_iter_norcu) { struct bpf_iter_task it; struct task_struct *p; bpf_iter_task_new(&it, NULL, 0); while ((p = bpf_iter_task_next(&it))) g += p->pid; bpf_iter_task_destroy(&it); return 0; }
T(t_iter_acq) { struct bpf_iter_task it; struct task_struct *p, *q = 0; bpf_rcu_read_lock(); bpf_iter_task_new(&it, task, 1); while ((p = bpf_iter_task_next(&it))) { q = bpf_task_acquire(p); if (q) bpf_task_release(q); } bpf_iter_task_destroy(&it); bpf_rcu_read_unlock(); return 0; }
T(t_bits) { struct bpf_iter_bits it; int *b; u64 w = 5; bpf_iter_bits_new(&it, &w, 1); while ((b = bpf_iter_bits_next(&it))) g += *b; bpf_iter_bits_destroy(&it); return 0; }
T(t_cast) { struct task_struct *p = bpf_rdonly_cast((void *)g, bpf_core_type_id_kernel(struct task_struct)); g = p->parent->pid; return 0; }
T(t_cast_acq) { struct task_struct *p = bpf_rdonly_cast(task, bpf_core_type_id_kernel(struct task_struct)); p = bpf_task_acquire(p); if (p) bpf_task_release(p); return 0; }
T(t_beyond) { g = *(long *)((char *)task + sizeof(*task)); return 0; }
T(t_write) { task->pid = 1; return 0; }
T(t_comm) { g = task->comm[3]; return 0; }
T(t_comm_var) { g = task->comm[clone_flags & 7]; return 0; }
T(t_under) { struct cgroup *c = bpf_cgroup_from_id(1); if (!c) return 0; g = bpf_task_under_cgroup(task, c); bpf_cgroup_release(c); return 0; }
T(t_anc) { struct cgroup *c = bpf_cgroup_from_id(1), *d; if (!c) return 0; d = bpf_cgroup_ancestor(c, 1); bpf_cgroup_release(c); if (d) bpf_cgroup_release(d); return 0; }
T(t_lru) { int k = 0; struct kv *v = bpf_map_lookup_elem(&lru, &k); if (v) g = v->x; return 0; }
T(t_rculeak) { bpf_rcu_read_lock(); return 0; }
T(t_throw) { if (clone_flags == 5) bpf_throw(3); return 0; }
T(t_throw_ref) { struct task_struct *a = bpf_task_from_pid(1); if (!a) return 0; if (clone_flags == 5) bpf_throw(3); bpf_task_release(a); return 0; }
__weak int gl_trusted(struct task_struct *t __arg_trusted) { struct task_struct *a = bpf_task_acquire(t); if (a) bpf_task_release(a); return 0; }
__weak int gl_nullable(struct task_struct *t __arg_trusted __arg_nullable) { if (!t) return 0; g = t->pid; return 0; }
__weak int gl_nullbad(struct task_struct *t __arg_trusted __arg_nullable) { g = t->pid; return 0; }
T(gt1) { return gl_trusted(task); }
T(gt2) { return gl_nullable(NULL); }
T(gt3) { return gl_nullable(task); }
T(gt4) { return gl_nullbad(task); }
T(gt5) { return gl_trusted(task->last_wakee); }
T(gt6) { struct task_struct *a = bpf_task_from_pid(1); int r; if (!a) return 0; r = gl_trusted(a); bpf_task_release(a); return r; }
SEC("tp_btf/tcp_probe") int BPF_PROG(s1, struct sock *sk, struct sk_buff *skb) { long *p = bpf_sk_storage_get(&sks, sk, 0, 1); if (p) *p = skb->len; return 0; }
SEC("tp_btf/tcp_probe") int BPF_PROG(s2, struct sock *sk, struct sk_buff *skb) { struct tcp_sock *t = bpf_skc_to_tcp_sock(sk); if (t) g = t->snd_cwnd; return 0; }
SEC("tp_btf/tcp_probe") int BPF_PROG(s3, struct sock *sk, struct sk_buff *skb) { g = sk->__sk_common.skc_prot->init == 0; g += (long)skb->dev; return skb->dev->ifindex; }
SEC("tp_btf/tcp_probe") int BPF_PROG(s4, struct sock *sk, struct sk_buff *skb) { long *p = bpf_sk_storage_get(&sks, skb->sk, 0, 1); if (p) *p = skb->len; return 0; }
SEC("iter/task") int it1(struct bpf_iter__task *ctx) { struct task_struct *t = ctx->task; if (!t) return 0; BPF_SEQ_PRINTF(ctx->meta->seq, "%d\n", t->pid); return 0; }
SEC("iter/task") int it2(struct bpf_iter__task *ctx) { struct task_struct *t = ctx->task; g = t->pid; return 0; }
SEC("iter/task") int it3(struct bpf_iter__task *ctx) { struct task_struct *t = ctx->task; if (!t) return 0; t = bpf_task_acquire(t); if (t) bpf_task_release(t); return 2; }
SEC("iter/bpf_map_elem") int it4(struct bpf_iter__bpf_map_elem *ctx) { int *k = ctx->key; long *v = ctx->value; if (!k || !v) return 0; g = *k; *v = 1; return 0; }
SEC("iter/tcp") int it5(struct bpf_iter__tcp *ctx) { struct sock_common *c = ctx->sk_common; struct tcp_sock *t; if (!c) return 0; t = bpf_skc_to_tcp_sock(c); if (t) g = t->snd_cwnd; return 0; }
