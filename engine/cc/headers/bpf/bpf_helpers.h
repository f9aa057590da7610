// What programs use of libbpf on the kernel's side: sections, map definitions, annotations, printing, loops.
#ifndef __BPF_HELPERS__
#define __BPF_HELPERS__
#include <bpf/bpf_helper_defs.h>

#define SEC(name) __attribute__((section(name), used))

#ifndef NULL
#define NULL ((void *)0)
#endif
#ifndef likely
#define likely(x) (__builtin_expect(!!(x), 1))
#endif
#ifndef unlikely
#define unlikely(x) (__builtin_expect(!!(x), 0))
#endif
// Through a member's address, so that the offset is settled when the program is loaded.
#undef offsetof
#define offsetof(type, member) ((unsigned long)&((type *)0)->member)
#undef container_of
#define container_of(ptr, type, member) \
	({ \
		void *__inner = (void *)(ptr); \
		(type *)(__inner - offsetof(type, member)); \
	})

#undef __always_inline
#define __always_inline inline __attribute__((always_inline))
#ifndef __noinline
#define __noinline __attribute__((noinline))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif
#define __hidden __attribute__((visibility("hidden")))

#ifndef barrier
#define barrier() asm volatile("" ::: "memory")
#endif
#ifndef barrier_var
#define barrier_var(var) asm volatile("" : "+r"(var))
#endif
#ifndef __bpf_unreachable
#define __bpf_unreachable() __builtin_trap()
#endif
#ifndef KERNEL_VERSION
#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
#endif

// Members of a map's definition.
#define __uint(name, val) int(*name)[val]
#define __type(name, val) typeof(val) *name
#define __array(name, val) typeof(val) *name[]
#define __ulong(name, val) enum { ___bpf_concat(__unique_value, __COUNTER__) = val } name

enum libbpf_pin_type {
	LIBBPF_PIN_NONE,
	LIBBPF_PIN_BY_NAME,
};

enum libbpf_tristate {
	TRI_NO = 0,
	TRI_YES = 1,
	TRI_MODULE = 2,
};

// Where a symbol comes from, and what a pointer in a map points to.
#define __kconfig __attribute__((section(".kconfig")))
#define __ksym __attribute__((section(".ksyms")))
#define __kptr_untrusted __attribute__((btf_type_tag("kptr_untrusted")))
#define __kptr __attribute__((btf_type_tag("kptr")))
#define __percpu_kptr __attribute__((btf_type_tag("percpu_kptr")))
#define __uptr __attribute__((btf_type_tag("uptr")))

#define bpf_ksym_exists(sym) \
	({ \
		_Static_assert(!__builtin_constant_p(!!sym), #sym " must be declared __weak"); \
		!!sym; \
	})

// What the verifier may assume of an argument of a global function.
#define __arg_ctx __attribute__((btf_decl_tag("arg:ctx")))
#define __arg_nonnull __attribute((btf_decl_tag("arg:nonnull")))
#define __arg_nullable __attribute((btf_decl_tag("arg:nullable")))
#define __arg_trusted __attribute((btf_decl_tag("arg:trusted")))
#define __arg_untrusted __attribute((btf_decl_tag("arg:untrusted")))
#define __arg_arena __attribute((btf_decl_tag("arg:arena")))

// Counts up to twelve arguments and picks a macro by their number.
#ifndef ___bpf_concat
#define ___bpf_concat(a, b) a##b
#endif
#ifndef ___bpf_apply
#define ___bpf_apply(fn, n) ___bpf_concat(fn, n)
#endif
#ifndef ___bpf_nth
#define ___bpf_nth(_, _1, _2, _3, _4, _5, _6, _7, _8, _9, _a, _b, _c, N, ...) N
#endif
#ifndef ___bpf_narg
#define ___bpf_narg(...) ___bpf_nth(_, ##__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#endif

// Stores each argument as 64 bits in an array.
#define ___bpf_store0(to, i)
#define ___bpf_store1(to, i, x) (to)[i] = (unsigned long long)(x);
#define ___bpf_store2(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store1(to, i + 1, rest)
#define ___bpf_store3(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store2(to, i + 1, rest)
#define ___bpf_store4(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store3(to, i + 1, rest)
#define ___bpf_store5(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store4(to, i + 1, rest)
#define ___bpf_store6(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store5(to, i + 1, rest)
#define ___bpf_store7(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store6(to, i + 1, rest)
#define ___bpf_store8(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store7(to, i + 1, rest)
#define ___bpf_store9(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store8(to, i + 1, rest)
#define ___bpf_store10(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store9(to, i + 1, rest)
#define ___bpf_store11(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store10(to, i + 1, rest)
#define ___bpf_store12(to, i, x, rest...) ___bpf_store1(to, i, x) ___bpf_store11(to, i + 1, rest)
#define ___bpf_store(to, args...) ___bpf_apply(___bpf_store, ___bpf_narg(args))(to, 0, ##args)
#define ___bpf_fill(to, args...) ___bpf_store(to, ##args)

// `use` is given the format, the values and the sizes of both.
#define ___bpf_format(use, fmt, args...) \
	({ \
		static const char ___fmt[] = fmt; \
		unsigned long long ___param[___bpf_narg(args)]; \
		___bpf_store(___param, ##args); \
		use; \
	})
#define BPF_SEQ_PRINTF(seq, fmt, args...) \
	___bpf_format(bpf_seq_printf(seq, ___fmt, sizeof(___fmt), ___param, sizeof(___param)), fmt, ##args)
#define BPF_SNPRINTF(out, out_size, fmt, args...) \
	___bpf_format(bpf_snprintf(out, out_size, ___fmt, ___param, sizeof(___param)), fmt, ##args)

// Up to three values go in registers, more of them in an array.
#ifdef BPF_NO_GLOBAL_DATA
#define BPF_PRINTK_FMT_MOD
#else
#define BPF_PRINTK_FMT_MOD static const
#endif
#define __bpf_printk(fmt, ...) \
	({ \
		BPF_PRINTK_FMT_MOD char ____fmt[] = fmt; \
		bpf_trace_printk(____fmt, sizeof(____fmt), ##__VA_ARGS__); \
	})
#define __bpf_vprintk(fmt, args...) \
	___bpf_format(bpf_trace_vprintk(___fmt, sizeof(___fmt), ___param, sizeof(___param)), fmt, ##args)
#define ___bpf_pick_printk(...) \
	___bpf_nth(_, ##__VA_ARGS__, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, \
		   __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, __bpf_vprintk, \
		   __bpf_printk, __bpf_printk, __bpf_printk, __bpf_printk)
#define bpf_printk(fmt, args...) ___bpf_pick_printk(args)(fmt, ##args)

extern int bpf_stream_vprintk_impl(int stream_id, const char *fmt__str, const void *args, __u32 len__sz,
				   void *aux__prog) __weak __ksym;
#define bpf_stream_printk(stream_id, fmt, args...) \
	___bpf_format(bpf_stream_vprintk_impl(stream_id, ___fmt, ___param, sizeof(___param), NULL), fmt, ##args)

// Jumps into the program at a constant place of a map.
static __always_inline void bpf_tail_call_static(void *ctx, const void *map, const __u32 slot)
{
	if (!__builtin_constant_p(slot))
		__bpf_unreachable();
	asm volatile("r1 = %[ctx]\n\t"
		     "r2 = %[map]\n\t"
		     "r3 = %[slot]\n\t"
		     "call 12"
		     :
		     : [ctx] "r"(ctx), [map] "r"(map), [slot] "i"(slot)
		     : "r0", "r1", "r2", "r3", "r4", "r5");
}

// Loops over open-coded iterators.
struct bpf_iter_num;

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __weak __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __weak __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __weak __ksym;

// An iterator of the kind, begun by `begin` and ended whichever way the loop is left.
#define ___bpf_iterator(kind, begin) \
	struct bpf_iter_##kind ___it __attribute__((aligned(8), cleanup(bpf_iter_##kind##_destroy))), \
		*___begun __attribute__((unused)) = (begin, (void)bpf_iter_##kind##_destroy, (void *)0)

#ifndef bpf_for_each
#define bpf_for_each(type, cur, args...) \
	for (___bpf_iterator(type, bpf_iter_##type##_new(&___it, ##args)); \
	     (((cur) = bpf_iter_##type##_next(&___it)));)
#endif

#ifndef bpf_for
#define bpf_for(i, start, end) \
	for (___bpf_iterator(num, bpf_iter_num_new(&___it, (start), (end))); \
	     ({ \
		     int *___at = bpf_iter_num_next(&___it); \
		     ___at && ((i) = *___at, (i) >= (start) && (i) < (end)); \
	     });)
#endif

#ifndef bpf_repeat
#define bpf_repeat(N) \
	for (___bpf_iterator(num, bpf_iter_num_new(&___it, 0, (N))); bpf_iter_num_next(&___it);)
#endif

#endif
