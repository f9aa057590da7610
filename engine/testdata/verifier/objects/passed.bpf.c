// SPDX-License-Identifier: MIT
// What is passed on: objects and kernel pointers, kernel types that arguments name, contexts, maps of devices. Compiled by clang 22 with -g -O2
// -mcpu=v3 against vmlinux.h.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
char _license[] SEC("license") = "GPL";
extern void *bpf_obj_new_impl(u64 local_type_id__k, void *meta__ign) __ksym;
extern void bpf_obj_drop_impl(void *p__alloc, void *meta__ign) __ksym;
extern struct bpf_rb_node *bpf_rbtree_root(struct bpf_rb_root *root) __ksym;
extern struct bpf_rb_node *bpf_rbtree_right(struct bpf_rb_root *root, struct bpf_rb_node *node) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;
extern void *bpf_rdonly_cast(const void *obj, u32 btf_id) __ksym;
#define NEW(t) ((t *)bpf_obj_new_impl(bpf_core_type_id_local(t), 0))
#define DROP(p) bpf_obj_drop_impl(p, 0)
#define TAG(x) __attribute__((btf_type_tag(x)))
#define ARG(x) __attribute__((btf_decl_tag("arg:" x)))
struct nd { u64 key; struct bpf_rb_node r; struct bpf_refcount c; };
struct plain { u64 a, b; };
struct plain___flavor { u64 a, b; };
struct value { struct plain TAG("kptr") *object; struct plain TAG("percpu_kptr") *percpu; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, int); __type(value, struct value); } values SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_DEVMAP); __uint(max_entries, 2); __type(key, int); __type(value, int); } devices SEC(".maps");
#define IN_BSS SEC(".bss.tree") __hidden __attribute__((aligned(8)))
IN_BSS struct bpf_spin_lock lock;
IN_BSS struct bpf_rb_root tree __attribute__((btf_decl_tag("contains:nd:r")));
#define TC(name) SEC("tc") int name(struct __sk_buff *ctx)
#define SYSCALL(name) SEC("syscall") int name(void *ctx)
#define VALUE() ({ int k = 0; struct value *v = bpf_map_lookup_elem(&values, &k); if (!v) return 0; v; })
__attribute__((noinline)) int names_its_type(struct nd *n) { return n ? 1 : 0; }
TC(node_unchecked) { bpf_spin_lock(&lock); bpf_rbtree_right(&tree, bpf_rbtree_root(&tree)); bpf_spin_unlock(&lock); return 0; }
TC(exchange_unchecked) { struct value *v = VALUE(); struct plain *p = NEW(struct plain); p = bpf_kptr_xchg(&v->object, p); if (p) DROP(p); return 0; }
TC(exchange_read) { struct value *v = VALUE(); struct plain *p = v->object; if (!p) return 0; p = bpf_kptr_xchg(&v->object, p); if (p) DROP(p); return 0; }
TC(exchange_percpu) { struct value *v = VALUE(); struct plain *p = NEW(struct plain); if (!p) return 0; bpf_kptr_xchg(&v->percpu, (void *)p); return 0; }
SYSCALL(read_after_rcu) { struct value *v = VALUE(); bpf_rcu_read_lock(); struct plain *p = v->object; bpf_rcu_read_unlock(); return p ? p->a : 0; }
SYSCALL(read_in_rcu) { struct value *v = VALUE(); bpf_rcu_read_lock(); struct plain *p = v->object; u64 x = p ? p->a : 0; bpf_rcu_read_unlock(); return x; }
TC(cast_unknown) { return bpf_rdonly_cast(ctx, 99999999) != 0; }
TC(devices_update) { int k = 0; return bpf_map_update_elem(&devices, &k, &k, 0); }
TC(devices_delete) { int k = 0; return bpf_map_delete_elem(&devices, &k); }
TC(devices_push) { int k = 0; return bpf_map_push_elem(&devices, &k, 0); }
__attribute__((noinline)) int sleeps(int x) { char b[8]; return x + bpf_copy_from_user(b, 8, 0); }
SYSCALL(sleeps_in_rcu) { bpf_rcu_read_lock(); sleeps(1); bpf_rcu_read_unlock(); return 0; }
SYSCALL(sleeps_unpreempted) { bpf_preempt_disable(); sleeps(1); bpf_preempt_enable(); return 0; }
SYSCALL(sleeps_well) { sleeps(1); return 0; }
TC(sleeps_in_tc) { return sleeps(1); }
#define GLOBAL(name, type, tag, where) __attribute__((noinline)) int g_##name(type x ARG(tag)) { barrier(); return x ? 1 : 0; } \
	SEC(where) int name(void *ctx) { return g_##name((void *)ctx); }
GLOBAL(trusted_void, void *, "trusted", "tc")
GLOBAL(trusted_int, int *, "trusted", "tc")
GLOBAL(untrusted_pointer, int **, "untrusted", "tc")
GLOBAL(trusted_flavor, struct plain___flavor *, "trusted", "tc")
GLOBAL(untrusted_flavor, struct plain___flavor *, "untrusted", "tc")
GLOBAL(words_tp, u64 *, "ctx", "tp_btf/sys_enter")
GLOBAL(arguments_tp, struct bpf_raw_tracepoint_args *, "ctx", "tp_btf/sys_enter")
GLOBAL(words_tc, u64 *, "ctx", "tc")
GLOBAL(task_iter, struct bpf_iter__task *, "ctx", "iter/task")
GLOBAL(words_iter, u64 *, "ctx", "iter/task")
static __attribute__((noinline)) int deep(int x) { volatile char b[300]; b[x & 255] = x; return b[7]; }
#define DEEP(name, where) SEC(where) int name(void *ctx) { volatile char b[300]; u32 x = bpf_get_prandom_u32(); b[x & 255] = x; return (deep(x) + b[9]) & 1; }
DEEP(deep_tracing, "tp_btf/sys_enter")
DEEP(deep_iterator, "iter/task")
DEEP(deep_probe, "kprobe/x")
DEEP(deep_tc, "tc")
