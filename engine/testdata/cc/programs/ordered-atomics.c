// not repeatable
// needs v4
// Loads that acquire and stores that release, locks that may fail, bits and strings of newer kernels, blocks with an end of their own.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>
char _license[] SEC("license") = "GPL";
#define take(p) __atomic_load_n(p, __ATOMIC_ACQUIRE)
#define publish(p, v) __atomic_store_n(p, v, __ATOMIC_RELEASE)
#define A_SCOPE(name) \
	struct name##_g { \
		int x; \
	}; \
	static inline void name##_exit(struct name##_g *g) \
	{ \
		o[20] += g->x; \
	} \
	static inline struct name##_g name##_enter(int v) \
	{ \
		return (struct name##_g){v}; \
	}
#define scoped(name, v) \
	for (struct name##_g __g __attribute__((cleanup(name##_exit))) = name##_enter(v), *__d = (void *)0; \
	     !__d; __d = (void *)1)
u64 o[32];
u32 lockw;
struct {
	u8 a;
	u16 b;
	u32 c;
	u64 d;
	s32 e;
} v = {1, 2, 3, 4, 5};
A_SCOPE(mine)
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(
	    value, struct {
		    struct bpf_res_spin_lock l;
		    int n;
	    });
} rl SEC(".maps");
extern int bpf_res_spin_lock(struct bpf_res_spin_lock *) __weak __ksym;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *) __weak __ksym;
extern int bpf_iter_bits_new(struct bpf_iter_bits *it, const u64 *p, u32 n) __weak __ksym;
extern int *bpf_iter_bits_next(struct bpf_iter_bits *it) __weak __ksym;
extern void bpf_iter_bits_destroy(struct bpf_iter_bits *it) __weak __ksym;
extern int bpf_strlen(const char *) __weak __ksym;
extern int bpf_strchr(const char *, char) __weak __ksym;
extern int bpf_strcmp(const char *, const char *) __weak __ksym;
extern void bpf_local_irq_save(unsigned long *) __weak __ksym;
extern void bpf_local_irq_restore(unsigned long *) __weak __ksym;
SEC("tc") int at1(struct __sk_buff *skb)
{
	u32 old = 0;
	u8 b1 = take(&v.a);
	o[0] = b1 + take(&v.b) + take(&v.c) + take(&v.d) + take(&v.e);
	publish(&v.a, skb->len);
	publish(&v.b, 7);
	publish(&v.d, 9ull);
	if (__atomic_compare_exchange_n(&lockw, &old, 5u, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		o[1]++;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	o[3] = __atomic_fetch_add(&v.c, 3, __ATOMIC_RELAXED) + __atomic_add_fetch(&v.d, 2, __ATOMIC_SEQ_CST) +
	       __atomic_fetch_xor(&v.d, 5, 0) + __atomic_exchange_n(&v.c, 77, __ATOMIC_ACQ_REL);
	u64 ex = 11;
	o[4] = __atomic_compare_exchange_n(&v.d, &ex, 12, 0, 5, 5) + ex;
	__atomic_fetch_or(&v.d, 0x100, 0);
	__atomic_sub_fetch(&v.d, 1, 0);
	__sync_fetch_and_and(&v.d, ~1ull);
	o[5] = __sync_add_and_fetch(&v.e, 4) + __sync_lock_test_and_set(&v.c, 2) +
	       __sync_bool_compare_and_swap(&v.c, 2, 3);
	return 0;
}
SEC("tc") int rs(struct __sk_buff *skb)
{
	int k = 0;
	struct {
		struct bpf_res_spin_lock l;
		int n;
	} *p = bpf_map_lookup_elem(&rl, &k);
	unsigned long fl;
	if (!p)
		return 1;
	if (bpf_res_spin_lock(&p->l))
		return 2;
	p->n++;
	o[6] = p->n;
	bpf_res_spin_unlock(&p->l);
	bpf_local_irq_save(&fl);
	o[7]++;
	bpf_local_irq_restore(&fl);
	return 0;
}
SEC("tc") int bits(struct __sk_buff *skb)
{
	u64 m[2] = {0x105, 0x8000000000000001ull};
	int *b, s = 0;
	bpf_for_each(bits, b, m, 2) s += *b;
	o[8] = s;
	scoped(mine, 3)
	{
		o[9]++;
		if (skb->len > 50)
			break;
		o[10]++;
	}
	scoped(mine, 4) o[11]++;
	return s;
}
SEC("syscall") int strs(void *ctx)
{
	static const char hay[] = "a long string";
	o[12] = bpf_strlen(hay) + bpf_strchr(hay, 'l') + bpf_strcmp(hay, "b");
	return 0;
}
SEC("tc") int sw(struct __sk_buff *skb)
{
	switch (skb->protocol & 15) {
	case 0:
		return 3;
	case 1:
		o[13] = 1;
		break;
	case 2 ... 5:
		o[13] = 2;
	case 6:
		o[14]++;
		break;
	case 7: {
		int q = 3;
		o[13] = q;
	} break;
	case 8:
		goto end;
	case 9:
	case 10:
		o[13] = 9;
		break;
	case 11:
		return -1;
	default:
		o[15] = skb->protocol;
	}
	return o[13];
end:
	return 4;
}
