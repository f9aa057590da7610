// SPDX-License-Identifier: MIT
// Special fields of map values: which types of map take them, how often, where. Compiled by clang 22 with -g -O2 -mcpu=v3 against vmlinux.h.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
char _license[] SEC("license") = "GPL";
extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __ksym;
#define TAG(x) __attribute__((btf_type_tag(x)))
#define KPTR TAG("kptr")
#define UNTRUSTED TAG("kptr_untrusted")
#define PERCPU TAG("percpu_kptr")
#define CONTAINS(x) __attribute__((btf_decl_tag("contains:" x)))
#define MAP(name, kind, more, fields) \
	struct v_##name { fields }; \
	struct { __uint(type, BPF_MAP_TYPE_##kind); more; __type(key, int); __type(value, struct v_##name); } m_##name SEC(".maps");
#define FIND(name) ({ int k = 0; void *p = bpf_map_lookup_elem(&m_##name, &k); if (!p) return 0; p; })
#define MINE(name) ({ void *p = bpf_task_storage_get(&m_##name, (void *)bpf_get_current_task_btf(), 0, 1); if (!p) return 0; p; })
#define READ(name, where, off, find) SEC(where) int name##_##off(void *ctx) { void *v = find(name); return *(volatile u64 *)(v + off) & 1; }
#define VALUE(name, kind, fields) MAP(name, kind, __uint(max_entries, 2), fields) READ(name, "tc", 0, FIND)
#define STORED(name, fields) MAP(name, TASK_STORAGE, __uint(map_flags, BPF_F_NO_PREALLOC), fields) READ(name, "raw_tp/sys_enter", 0, MINE)
#define GUARDED(name, flag, fields) MAP(name, ARRAY, __uint(max_entries, 2); __uint(map_flags, flag), fields) READ(name, "tc", 0, FIND)
struct nd { u64 a; struct bpf_list_node l; struct bpf_rb_node r; struct bpf_refcount c; };
struct inner { u64 a; struct bpf_timer t; };
struct pointers { struct task_struct KPTR *p; u64 a; };
struct mixed { struct task_struct KPTR *p; struct bpf_timer t; };
struct __attribute__((packed)) unaligned { u32 a; struct bpf_timer t; };
struct plain { u64 a; };
struct large { u64 a[1000]; };
typedef struct bpf_timer timer_alias;
VALUE(two_res, HASH, struct bpf_res_spin_lock l; struct bpf_res_spin_lock k; u64 x; u64 y;)
VALUE(two_timers, HASH, struct bpf_timer l; struct bpf_timer k;)
VALUE(two_wqs, HASH, struct bpf_wq l; struct bpf_wq k;)
VALUE(timer_array, HASH, struct bpf_timer l[2];)
VALUE(timer_array_of_one, HASH, struct bpf_timer l[1];)
VALUE(timer_inside, HASH, u64 a; struct inner x;)
VALUE(timer_alias_, HASH, timer_alias l;)
VALUE(timer_unaligned, HASH, struct unaligned l; u32 z;)
VALUE(pointer_array, HASH, struct task_struct KPTR *p[3];)
VALUE(pointers_12, HASH, struct task_struct KPTR *p[12];)
VALUE(pointers_mixed, HASH, struct mixed a[2];)
VALUE(bit_fields, HASH, struct bpf_timer t; u32 a : 3; u32 b : 9;)
VALUE(timer_lru_hash, LRU_HASH, struct bpf_timer t; u64 x;)
VALUE(lock_lru_hash, LRU_HASH, struct bpf_spin_lock l; u64 x;)
VALUE(list_lru_hash, LRU_HASH, struct bpf_spin_lock l; struct bpf_list_head h CONTAINS("nd:l"); u64 x;)
VALUE(timer_percpu_array, PERCPU_ARRAY, struct bpf_timer t; u64 x;)
VALUE(list_percpu_array, PERCPU_ARRAY, struct bpf_spin_lock l; struct bpf_list_head h CONTAINS("nd:l"); u64 x;)
STORED(stored_user, struct plain TAG("uptr") *p;)
STORED(stored_lock, struct bpf_spin_lock l; u64 x;)
GUARDED(read_only, BPF_F_RDONLY_PROG, struct task_struct KPTR *p;)
__attribute__((noinline)) int names_its_type(struct nd *n) { return n ? 1 : 0; }
#define LOCK(name) SEC("tc") int lock_##name(void *ctx) { struct v_##name *v = FIND(name); bpf_spin_lock((void *)&v->l); bpf_spin_unlock((void *)&v->l); return 0; }
LOCK(lock_lru_hash) LOCK(list_lru_hash) LOCK(list_percpu_array)
#define TIMER(name, timer) SEC("tc") int start_##name(void *ctx) { struct v_##name *v = FIND(name); return bpf_timer_init((void *)&v->timer, &m_##name, 1); }
TIMER(two_timers, l) TIMER(timer_array_of_one, l) TIMER(timer_alias_, l) TIMER(timer_percpu_array, t) TIMER(timer_lru_hash, t)
SEC("tc") int start_two_wqs(void *ctx) { struct v_two_wqs *v = FIND(two_wqs); return bpf_wq_init(&v->l, &m_two_wqs, 0); }
