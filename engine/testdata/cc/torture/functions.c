// 6.5.2.2 calls, 6.9.1 definitions; arguments and results of every width, records by value, built-in functions.
static NOINLINE signed char narrow(signed char a, unsigned short b, _Bool c)
{
	return a + b + c;
}
static NOINLINE unsigned char low(int x)
{
	return x;
}
static NOINLINE _Bool truth(long x)
{
	return x;
}
static NOINLINE long sum(int a, unsigned b, long c, unsigned char d, short e)
{
	return a + (long)b + c + d + e;
}
int arguments(void)
{
	CHECK(narrow(OPAQUE(300), OPAQUE(65536 + 5), OPAQUE(2)) == 50);
	CHECK(narrow(OPAQUE(127), OPAQUE(1), 0) == -128);
	CHECK(low(OPAQUE(511)) == 255);
	CHECK(truth(OPAQUE(0x100000000)) == 1 && truth(OPAQUE(0)) == 0);
	CHECK(sum(OPAQUE(-1), OPAQUE(-1), OPAQUE(-1), OPAQUE(-1), OPAQUE(-1)) == 4294967295l + 255 - 3);
	return 0;
}
static int factorial(int n)
{
	int r = 1;
	while (n > 1)
		r *= n--;
	return r;
}
static void change(int *p, int v)
{
	*p = v;
}
struct two { int a; long b; };
static inline __attribute__((always_inline)) struct two swap(struct two t)
{
	struct two r = {t.b, t.a};
	t.a = 99;
	return r;
}
int records(void)
{
	struct two t = {1, 2}, u;
	u = swap(t);
	CHECK(t.a == 1 && u.a == 2 && u.b == 1);
	t = swap(swap(t));
	CHECK(t.a == 1 && t.b == 2);
	CHECK(swap(t).a == 2);
	int x = 0;
	change(&x, OPAQUE(7));
	CHECK(x == 7 && factorial(OPAQUE(5)) == 120);
	return 0;
}
int builtins(void)
{
	CHECK(__builtin_bswap16(OPAQUE(0x1234)) == 0x3412);
	CHECK(__builtin_bswap32(OPAQUE(0x12345678)) == 0x78563412);
	CHECK(__builtin_bswap64(OPAQUE(0x0102030405060708)) == 0x0807060504030201);
	CHECK(__builtin_ffs(OPAQUE(0)) == 0 && __builtin_ffs(OPAQUE(8)) == 4);
	CHECK(__builtin_ffsll(OPAQUE(0x100000000)) == 33);
	CHECK(__builtin_clz((unsigned)OPAQUE(1)) == 31 && __builtin_clzll(OPAQUE(1)) == 63);
	CHECK(__builtin_ctz((unsigned)OPAQUE(8)) == 3 && __builtin_ctzll(OPAQUE(0x8000000000000000)) == 63);
	CHECK(__builtin_popcount((unsigned)OPAQUE(0xff)) == 8 && __builtin_popcountll(OPAQUE(-1)) == 64);
	CHECK(__builtin_parityll(OPAQUE(7)) == 1);
	CHECK(__builtin_expect(OPAQUE(3), 1) == 3);
	CHECK(__builtin_constant_p(3) == 1);
	int r;
	CHECK(__builtin_add_overflow((int)OPAQUE(0x7fffffff), 1, &r) && r == (int)0x80000000);
	CHECK(!__builtin_sub_overflow((int)OPAQUE(5), 6, &r) && r == -1);
	unsigned u;
	CHECK(__builtin_mul_overflow((unsigned)OPAQUE(65536), 65536u, &u) && u == 0);
	return 0;
}
int memory(void)
{
	unsigned char a[12], b[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
	__builtin_memset(a, 0x5a, sizeof(a));
	CHECK(a[0] == 0x5a && a[11] == 0x5a);
	__builtin_memcpy(a, b, 7);
	CHECK(a[6] == 7 && a[7] == 0x5a);
	CHECK(__builtin_memcmp(a, b, 7) == 0 && __builtin_memcmp(a, b, 8) > 0);
	__builtin_memmove(b + 2, b, 6);
	CHECK(b[0] == 1 && b[2] == 1 && b[3] == 2 && b[7] == 6 && b[8] == 9);
	__builtin_memset(b + 1, 0, 3);
	CHECK(b[0] == 1 && b[1] == 0 && b[3] == 0 && b[4] == 3);
	unsigned long w;
	__builtin_memcpy(&w, a, 8);
	CHECK(w == 0x5a07060504030201ul);
	return 0;
}
static NOINLINE int volatile_reads(volatile int *p)
{
	int a = *p;
	*p = a + 1;
	return *p + a;
}
int volatiles(void)
{
	volatile int v = OPAQUE(4);
	CHECK(volatile_reads(&v) == 9 && v == 5);
	v += 2;
	v++;
	CHECK(v == 8);
	return 0;
}
