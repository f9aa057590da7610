// Types and macros of C11 7.19. Headers of C libraries ask for single ones by `__need_…`; then the rest stays undefined.
#if !defined(__STDDEF_H) && !defined(__need_size_t) && !defined(__need_ptrdiff_t) && \
	!defined(__need_wchar_t) && !defined(__need_NULL) && !defined(__need_wint_t)
#define __STDDEF_H
#define __need_size_t
#define __need_ptrdiff_t
#define __need_wchar_t
#define __need_NULL

typedef struct {
	long long __longest __attribute__((aligned(8)));
} max_align_t;

#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif
#endif

#ifdef __need_size_t
typedef __SIZE_TYPE__ size_t;
#undef __need_size_t
#endif
#ifdef __need_ptrdiff_t
typedef __PTRDIFF_TYPE__ ptrdiff_t;
#undef __need_ptrdiff_t
#endif
#ifdef __need_wchar_t
typedef __WCHAR_TYPE__ wchar_t;
#undef __need_wchar_t
#endif
#ifdef __need_wint_t
typedef __WINT_TYPE__ wint_t;
#undef __need_wint_t
#endif
#ifdef __need_NULL
#ifndef NULL
#define NULL ((void *)0)
#endif
#undef __need_NULL
#endif
