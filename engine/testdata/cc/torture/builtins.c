// Builtins that clang has and other compilers may not: these get them by other words.
#ifndef __clang__
#define __builtin_align_up(x, a) ((__typeof__(x))(((unsigned long)(x) + (a) - 1) & ~((unsigned long)(a) - 1)))
#define __builtin_align_down(x, a) ((__typeof__(x))((unsigned long)(x) & ~((unsigned long)(a) - 1)))
#define __builtin_is_aligned(x, a) (((unsigned long)(x) & ((a) - 1)) == 0)
#define CARRY(n, T) \
	static T n(T a, T b, T c, T *o, int sub) \
	{ \
		T s = sub ? a - b : a + b, t = sub ? s - c : s + c; \
		*o = sub ? (a < b) | (s < c) : (s < a) | (t < s); \
		return t; \
	}
CARRY(carry8, unsigned char)
CARRY(carry32, unsigned)
CARRY(carry64, unsigned long)
#define __builtin_addcb(a, b, c, o) carry8(a, b, c, o, 0)
#define __builtin_addc(a, b, c, o) carry32(a, b, c, o, 0)
#define __builtin_subc(a, b, c, o) carry32(a, b, c, o, 1)
#define __builtin_addcl(a, b, c, o) carry64(a, b, c, o, 0)
#define __builtin_subcl(a, b, c, o) carry64(a, b, c, o, 1)
#define __builtin_elementwise_max(a, b) ((a) > (b) ? (a) : (b))
#define __builtin_elementwise_min(a, b) ((a) < (b) ? (a) : (b))
#define __builtin_elementwise_abs(a) ((a) < 0 ? -(a) : (a))
#define __builtin_elementwise_add_sat(a, b) ({ int r_; __builtin_add_overflow(a, b, &r_) ? (a) < 0 ? -2147483647 - 1 : 2147483647 : r_; })
#define __builtin_nontemporal_load(p) (*(p))
#define __builtin_nontemporal_store(v, p) (*(p) = (v))
#define __builtin_bswapg(x) _Generic((x), unsigned short: __builtin_bswap16(x), unsigned: __builtin_bswap32(x), unsigned long: __builtin_bswap64(x))
#endif
int alignment(void)
{
	int a = OPAQUE(37);
	CHECK(__builtin_align_up(a, 8) == 40 && __builtin_align_down(a, 8) == 32);
	CHECK(__builtin_align_up(OPAQUE(40), 8) == 40 && !__builtin_is_aligned(a, 2));
	CHECK(__builtin_align_up(OPAQUE(0xfffffffff1UL), 16) == 0x10000000000UL);
	char bytes[64] __attribute__((aligned(16)));
	char *p = bytes + OPAQUE(5);
	CHECK(__builtin_align_up(p, 8) == bytes + 8 && __builtin_align_down(p, 4) == bytes + 4);
	CHECK(__builtin_is_aligned(bytes, 16) && !__builtin_is_aligned(p, 2));
	int calls = 0;
	CHECK(__builtin_align_up((calls++, a), OPAQUE(16)) == 48);
	return 0;
}
int carries(void)
{
	unsigned o = 9;
	CHECK(__builtin_addc(OPAQUE(0xffffffffu), 0u, 1u, &o) == 0 && o == 1);
	CHECK(__builtin_addc(OPAQUE(5u), 6u, 1u, &o) == 12 && o == 0);
	CHECK(__builtin_subc(OPAQUE(5u), 6u, 0u, &o) == 0xffffffffu && o == 1);
	unsigned char c;
	CHECK(__builtin_addcb(OPAQUE((unsigned char)200), 100, 1, &c) == 45 && c == 1);
	unsigned long l;
	CHECK(__builtin_addcl(OPAQUE(-1UL), -1UL, 1UL, &l) == -1UL && l == 1);
	CHECK(__builtin_subcl(OPAQUE(0UL), 0UL, 1UL, &l) == -1UL && l == 1);
	return 0;
}
int elementwise(void)
{
	int a = OPAQUE(-7), b = OPAQUE(3);
	CHECK(__builtin_elementwise_max(a, b) == 3 && __builtin_elementwise_min(a, b) == -7);
	CHECK(__builtin_elementwise_abs(a) == 7 && __builtin_elementwise_abs(b) == 3);
	CHECK(__builtin_elementwise_add_sat(OPAQUE(2147483647), b) == 2147483647);
	CHECK(__builtin_elementwise_add_sat(OPAQUE(-2147483647), a) == -2147483647 - 1);
	CHECK(__builtin_elementwise_add_sat(a, b) == -4);
	return 0;
}
int places(void)
{
	const char *f = __builtin_FUNCTION();
	CHECK(f[0] == 'p' && f[5] == 's' && f[6] == 0);
	CHECK(__builtin_LINE() > 0);
	const char *file = __builtin_FILE();
	CHECK(file[0] != 0);
	return 0;
}
int bytes(void)
{
	CHECK(__builtin_bswapg(OPAQUE((unsigned short)0x1234)) == 0x3412);
	CHECK(__builtin_bswapg(OPAQUE(0x12345678u)) == 0x78563412);
	int place = 4;
	__builtin_nontemporal_store(OPAQUE(5), &place);
	CHECK(__builtin_nontemporal_load(&place) == 5);
	return 0;
}
