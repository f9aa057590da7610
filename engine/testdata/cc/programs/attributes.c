// Attributes and built-in functions of compilers, one of each.
#include <linux/bpf.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <bpf/bpf_helpers.h>
char _license[] SEC("license") = "GPL";
__u64 r[64];
volatile int vz;
struct __attribute__((__packed__, __aligned__(2))) pk {
	char a;
	int b;
	short c;
};
struct al {
	char c;
} __attribute__((aligned));
struct al8 {
	char c;
	__attribute__((aligned(8))) char d;
	_Alignas(16) int e;
};
typedef int __attribute__((mode(DI))) di_t;
typedef unsigned int u8m __attribute__((__mode__(__QI__)));
typedef __u32 __attribute__((may_alias)) u32a;
typedef __u16 __attribute__((aligned(1))) u16u;
union __attribute__((transparent_union)) tu {
	int *i;
	void *v;
};
static int tuf(union tu u)
{
	return u.i != 0;
}
enum __attribute__((packed)) pe { PA, PB = 200 };
enum fx : unsigned char { FA = 1, FB = 255 };
enum big { BA = 1ull << 40, BB = -1 };
enum { NEG = -5, POS = 0x7fffffff };
static __attribute__((const)) int cf(int x)
{
	return x * 3;
}
static __attribute__((pure, hot)) int pf(const int *x)
{
	return *x;
}
static __attribute__((noinline)) int coldf(int x)
{
	return x + vz;
}
static __attribute__((flatten)) int flf(int x)
{
	return cf(x);
}
static inline __attribute__((gnu_inline, always_inline)) int gi(int x)
{
	return x + 1;
}
static int __attribute__((warn_unused_result, nonnull(1))) nn(int *p)
{
	return *p;
}
static __attribute__((deprecated("old"))) int dep(void)
{
	return 4;
}
static __attribute__((__unused__)) int unusedf(void)
{
	return 1;
}
__attribute__((noinline, optnone)) int optn(int a)
{
	return a + 2;
}
__attribute__((minsize, noinline)) int mini(int a)
{
	return a * 5;
}
static __attribute__((returns_nonnull)) int *rn(void)
{
	return (int *)&vz;
}
__attribute__((error("never"))) void bad(void);
__attribute__((warning("w"))) static void wr(void)
{
}
static void __attribute__((format(printf, 1, 2))) ff(const char *f, ...)
{
}
static inline void clean(int *p)
{
	r[60] += *p;
}
static inline void cleanp(int **p)
{
	r[61]++;
}
[[gnu::noinline]] static int c23([[maybe_unused]] int x)
{
	return x;
}
static int nodisc(int x)
{
	switch (x) {
	case 1:
		r[59]++;
		[[fallthrough]];
	case 2:
		r[58]++;
		__attribute__((fallthrough));
	default:
		return 3;
	}
}
int real_one = 5;
extern int other_name __asm__("real_one");
int tent[4];
int tent[4];
extern int tent[];
static int st;
static int st = 3;
const int cg = 8;
int sect __attribute__((section(".data.mine"))) = 2;
int seg SEC(".bss.own");
const char str[] SEC(".rodata.x") = "hey";
__attribute__((visibility("default"))) int vis;
int used_only __attribute__((used));
static int retained __attribute__((used, retain)) = 1;
SEC("tc") int types(struct __sk_buff *s)
{
	struct pk p = {1, s->len, 3};
	r[0] = sizeof p + p.b + __alignof__(struct pk);
	r[1] = sizeof(struct al) + _Alignof(struct al8) + offsetof(struct al8, e);
	di_t d = s->len;
	d <<= 33;
	r[2] = d;
	u8m q = s->len * 7;
	r[3] = q + sizeof q;
	r[4] = sizeof(enum pe) + sizeof(enum fx) + sizeof(enum big) + PB + FB + (BA >> 38) + NEG;
	enum fx f = (enum fx)(s->len + 250);
	r[5] = f;
	r[6] = *(u32a *)&p;
	r[7] = ((u16u *)((char *)&p + 1))[0];
	r[8] = 0;
	__auto_type z = s->len + 1ull;
	typeof(z) y = z;
	__typeof__(int[3]) ar = {1, 2, 3};
	__typeof_unqual__(const int) uq = 4;
	uq++;
	r[9] = y + ar[s->len & 1] + uq;
	bool b = s->len;
	b += 5;
	r[10] = b;
	_Bool nb = !b;
	r[11] = nb | (b << 3);
	_Static_assert(sizeof(long) == 8, "l");
	_Static_assert(1);
	r[12] = _Generic(z, int: 1, unsigned long long: 2, default: 3) +
		_Generic(&p, struct pk *: 10, void *: 20) + _Generic("a", char *: 100, default: 7);
	return 0;
}
SEC("tc") int funcs(struct __sk_buff *s)
{
	int x = s->len;
	int __attribute__((cleanup(clean))) c1 = x;
	{
		int *pp __attribute__((cleanup(cleanp))) = &c1;
		if (x > 60)
			goto out;
		r[13]++;
	}
out:
	r[14] = cf(x) + pf(&x) + coldf(x) + flf(x) + gi(x) + nn(&x) + dep() + optn(x) + mini(x) + *rn() +
		c23(x) + nodisc(x & 3);
	wr();
	ff("x");
	r[15] = other_name + tent[x & 3] + st + cg + sect + seg + str[x & 3] + vis;
	if (0)
		bad();
	for (int i = 0; i < 3; i++) {
		int __attribute__((cleanup(clean))) k = i;
		if (i == 1)
			continue;
		r[16] += k;
	}
	return 0;
}
SEC("tc") int builtins(struct __sk_buff *s)
{
	__u32 x = s->len, y = s->mark;
	__u64 l = (__u64)x << 20 | y;
	int o;
	long lo;
	__u8 ub;
	r[17] = __builtin_popcount(x) + __builtin_popcountll(l) + __builtin_parity(x);
	r[18] = x ? __builtin_clz(x) + __builtin_ctz(x) + __builtin_clzll(l) + __builtin_ctzll(l) : 0;
	r[19] = __builtin_ffs(x) + __builtin_ffsll(l);
	r[20] = __builtin_add_overflow(x, y, &o) + 2 * __builtin_mul_overflow((int)x, 1 << 30, &o) +
		4 * __builtin_sub_overflow(x, 100u, &x);
	r[21] = o;
	r[22] = __builtin_mul_overflow((long)l, 77L, &lo);
	r[23] = lo;
	r[24] = __builtin_add_overflow(s->len, 200, &ub) + ub;
	r[25] = __builtin_bswap16(s->len) + __builtin_bswap32(x) + __builtin_bswap64(l);
	r[26] = __builtin_expect(x > 3, 1) + 0 + __builtin_constant_p(3) + __builtin_constant_p(x);
	r[27] = __builtin_choose_expr(sizeof(x) == 4, x + 1, "no");
	r[28] = __builtin_types_compatible_p(int, const int) + __builtin_types_compatible_p(int, long);
	__builtin_assume(y < 1000000);
	if (y > 2000000)
		__builtin_unreachable();
	char buf[16] = "0123456789abcde", b2[16];
	__builtin_memcpy(b2, buf, 16);
	__builtin_memset(buf, 3, 7);
	__builtin_memmove(buf + 2, buf, 8);
	r[29] = __builtin_memcmp(buf, b2, 16) < 0;
	r[30] = __builtin_object_size(buf, 0) + __builtin_strlen("four") + __builtin_offsetof(struct pk, c);
	r[32] = __builtin_rotateleft32(x, 7) + __builtin_rotateright64(l, 9);
	r[33] = __builtin_abs((int)x - 100) + __builtin_labs((long)x - 77) + __builtin_llabs(-5LL);
	r[34] = __builtin_clrsb((int)x);
	return 0;
}
