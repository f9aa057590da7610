// SPDX-License-Identifier: MIT
// Types that the kernel refuses, since lists would own lists: what is loaded then has none. Compiled by clang 22 with -g -O2 -mcpu=v3 against vmlinux.h.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
char _license[] SEC("license") = "GPL";
extern void *bpf_obj_new_impl(u64 local_type_id__k, void *meta__ign) __ksym;
#define CONTAINS(x) __attribute__((btf_decl_tag("contains:" x)))
struct first { struct bpf_spin_lock k; struct bpf_list_node l; struct bpf_list_head h CONTAINS("second:l"); };
struct second { struct bpf_spin_lock k; struct bpf_list_node l; struct bpf_list_head h CONTAINS("third:l"); };
struct third { u64 a; struct bpf_list_node l; };
struct value { struct bpf_spin_lock k; struct bpf_list_head h CONTAINS("first:l"); u64 x; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 2); __type(key, int); __type(value, struct value); } values SEC(".maps");
#define TC(name) SEC("tc") int name(struct __sk_buff *ctx)
#define VALUE() ({ int k = 0; struct value *v = bpf_map_lookup_elem(&values, &k); if (!v) return 0; v; })
__attribute__((noinline)) int names_its_type(struct first *a, struct second *b, struct third *c) { return a && b && c; }
TC(reads_lock) { struct value *v = VALUE(); return *(volatile u64 *)v; }
TC(reads_head) { struct value *v = VALUE(); return *(volatile u64 *)&v->h; }
TC(reads_rest) { struct value *v = VALUE(); return *(volatile u64 *)&v->x; }
TC(locks) { struct value *v = VALUE(); bpf_spin_lock(&v->k); bpf_spin_unlock(&v->k); return 0; }
TC(makes_first) { return bpf_obj_new_impl(bpf_core_type_id_local(struct first), 0) != 0; }
TC(makes_third) { return bpf_obj_new_impl(bpf_core_type_id_local(struct third), 0) != 0; }
TC(sizes) { return bpf_core_type_size(struct third); }
