// SPDX-License-Identifier: MIT
// Probes for the differential test: compiled by clang 22 with -g -O2 -mcpu=v3 against vmlinux.h and the kernel's bpf_experimental.h.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#define E(n) SEC("tc") int n(struct __sk_buff *ctx)
struct bpf_res_spin_lock___x { u32 val; };
struct v { struct bpf_res_spin_lock lock; int x; };
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct v); } m SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct v); } m2 SEC(".maps");
extern int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym __weak;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym __weak;
extern int bpf_res_spin_lock_irqsave(struct bpf_res_spin_lock *lock, unsigned long *flags__irq_flag) __ksym __weak;
extern void bpf_res_spin_unlock_irqrestore(struct bpf_res_spin_lock *lock, unsigned long *flags__irq_flag) __ksym __weak;
extern void bpf_local_irq_save(unsigned long *) __ksym __weak;
extern void bpf_local_irq_restore(unsigned long *) __ksym __weak;
static __always_inline struct v *get(void *map, int k) { return bpf_map_lookup_elem(map, &k); }
E(ok) { struct v *e = get(&m,0); if (!e) return 0; if (bpf_res_spin_lock(&e->lock)) return 0; e->x++; bpf_res_spin_unlock(&e->lock); return 0; }
E(nocheck) { struct v *e = get(&m,0); if (!e) return 0; bpf_res_spin_lock(&e->lock); e->x++; bpf_res_spin_unlock(&e->lock); return 0; }
E(leak) { struct v *e = get(&m,0); if (!e) return 0; if (bpf_res_spin_lock(&e->lock)) return 0; return 0; }
E(aa) { struct v *e = get(&m,0); if (!e) return 0; if (bpf_res_spin_lock(&e->lock)) return 0; if (!bpf_res_spin_lock(&e->lock)) bpf_res_spin_unlock(&e->lock); bpf_res_spin_unlock(&e->lock); return 0; }
E(two) { struct v *e = get(&m,0), *f = get(&m2,1); if (!e||!f) return 0; if (bpf_res_spin_lock(&e->lock)) return 0; if (bpf_res_spin_lock(&f->lock)) { bpf_res_spin_unlock(&e->lock); return 0; } f->x = e->x; bpf_res_spin_unlock(&f->lock); bpf_res_spin_unlock(&e->lock); return 0; }
E(order) { struct v *e = get(&m,0), *f = get(&m2,1); if (!e||!f) return 0; if (bpf_res_spin_lock(&e->lock)) return 0; if (bpf_res_spin_lock(&f->lock)) { bpf_res_spin_unlock(&e->lock); return 0; } bpf_res_spin_unlock(&e->lock); bpf_res_spin_unlock(&f->lock); return 0; }
E(irq) { unsigned long fl; struct v *e = get(&m,0); if (!e) return 0; if (bpf_res_spin_lock_irqsave(&e->lock,&fl)) return 0; e->x++; bpf_res_spin_unlock_irqrestore(&e->lock,&fl); return 0; }
E(irqmix) { unsigned long fl; struct v *e = get(&m,0); if (!e) return 0; if (bpf_res_spin_lock_irqsave(&e->lock,&fl)) return 0; bpf_res_spin_unlock(&e->lock); return 0; }
E(irqwrong) { unsigned long fl; struct v *e = get(&m,0); if (!e) return 0; if (bpf_res_spin_lock_irqsave(&e->lock,&fl)) return 0; bpf_local_irq_restore(&fl); return 0; }
E(helper) { struct v *e = get(&m,0); if (!e) return 0; if (bpf_res_spin_lock(&e->lock)) return 0; bpf_ktime_get_ns(); bpf_res_spin_unlock(&e->lock); return 0; }
E(nolock) { struct v *e = get(&m,0); if (!e) return 0; bpf_res_spin_unlock(&e->lock); return 0; }
E(other) { struct v *e = get(&m,0), *f = get(&m2,1); if (!e||!f) return 0; if (bpf_res_spin_lock(&e->lock)) return 0; bpf_res_spin_unlock(&f->lock); return 0; }
E(off) { struct v *e = get(&m,0); if (!e) return 0; if (bpf_res_spin_lock((void *)&e->x)) return 0; return 0; }
E(direct) { struct v *e = get(&m,0); if (!e) return 0; return *(volatile int *)&e->lock; }
char _license[] SEC("license") = "GPL";
