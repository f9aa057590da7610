// 6.3 Conversions and 6.3.1.1 promotions. Each function gives 0 or the line of the check that failed.
int boolean(void)
{
	_Bool b = 256;
	CHECK(b == 1);
	b = 0x100000000ul;
	CHECK(b == 1);
	b = (unsigned char)256;
	CHECK(b == 0);
	b++;
	CHECK(b == 1);
	b++;
	CHECK(b == 1);
	b--;
	CHECK(b == 0);
	b--;
	CHECK(b == 1);
	int x = 7;
	_Bool p = &x;
	CHECK(p == 1);
	CHECK(sizeof(b + b) == 4);
	CHECK((_Bool)OPAQUE(-1) + (_Bool)OPAQUE(2) == 2);
	return 0;
}
int narrowing(void)
{
	long big = OPAQUE(0x123456789abcdef0);
	CHECK((signed char)big == -16);
	CHECK((unsigned char)big == 0xf0);
	CHECK((short)big == (short)0xdef0);
	CHECK((unsigned short)big == 0xdef0);
	CHECK((int)big == (int)0x9abcdef0);
	CHECK((unsigned)big == 0x9abcdef0u);
	CHECK((long)(int)big == -0x65432110l);
	CHECK((unsigned long)(int)big == 0xffffffff9abcdef0ul);
	CHECK((long)(unsigned)big == 0x9abcdef0l);
	signed char c = OPAQUE(200);
	CHECK(c == -56);
	CHECK((unsigned)c == 4294967240u);
	CHECK((unsigned long)c == 18446744073709551560ul);
	CHECK((unsigned short)c == 65480);
	return 0;
}
int promotions(void)
{
	unsigned char a = OPAQUE(255), b = OPAQUE(1);
	CHECK(a + b == 256);
	CHECK((unsigned char)(a + b) == 0);
	CHECK(~a == -256);
	CHECK(-a == -255);
	CHECK(~a < 0);
	CHECK((a << 24) < 0);
	CHECK((unsigned char)~a == 0);
	unsigned short s = OPAQUE(65535);
	CHECK(s + 1 == 65536);
	CHECK(-s == -65535);
	CHECK(s > -1);
	CHECK(!(OPAQUE(4294967295u) + 0u > (unsigned)-1));
	CHECK(sizeof(a + b) == 4 && sizeof(+a) == 4 && sizeof(a << 1l) == 4 && sizeof(!a) == 4);
	CHECK(sizeof(a ? a : b) == 4);
	CHECK(sizeof((a, b)) == 1);
	return 0;
}
int usual(void)
{
	int minus = OPAQUE(-1);
	unsigned one = OPAQUE(1);
	long wide = OPAQUE(-1);
	unsigned long huge = OPAQUE(1);
	CHECK(minus > one);
	CHECK((long)minus < (long)one);
	CHECK(wide < one);
	CHECK(wide > huge);
	CHECK(minus + one == 0);
	CHECK(sizeof(minus + one) == 4);
	CHECK((minus * one) / 2 == 0x7fffffff);
	CHECK(sizeof(one + wide) == 8);
	CHECK(one - 2 == 4294967295u);
	CHECK(one - 2 + wide == 4294967294l);
	CHECK((short)-1 < (unsigned short)1);
	CHECK((1 ? minus : one) > 0);
	return 0;
}
int constants(void)
{
	CHECK(sizeof(2147483647) == 4 && sizeof(2147483648) == 8);
	CHECK(sizeof(0x80000000) == 4 && 0x80000000 > 0);
	CHECK(-2147483648 < 0 && sizeof(-2147483648) == 8);
	CHECK(0xffffffff + 1 == 0);
	CHECK(4294967295 + 1 == 4294967296);
	CHECK(sizeof(0x100000000) == 8);
	CHECK(sizeof(1u) == 4 && sizeof(1l) == 8 && sizeof(1ull) == 8);
	CHECK('\377' == -1 && '\x80' < 0 && 'a' == 97 && sizeof('a') == 4);
	CHECK(010 == 8 && 0b101 == 5);
	CHECK(18446744073709551615u == -1);
	CHECK('ab' == 24930);
	return 0;
}
int pointers(void)
{
	int a[4] = {1, 2, 3, 4};
	int *p = a + 1, *q = &a[3];
	CHECK(q - p == 2);
	CHECK((char *)q - (char *)p == 8);
	CHECK(p < q && q > p && p <= p && p != q);
	CHECK(*(p + 1) == 3 && 1 [p] == 3 && *--q == 3);
	void *v = p;
	CHECK(((int *)v)[-1] == 1);
	CHECK(*(int *)((unsigned long)v + 4) == 3);
	CHECK(!(void *)0);
	CHECK(p && !(p == 0));
	return 0;
}
/* 6.5.7: the count of a shift may be wider than what is shifted, whose type the result has. */
int count_of_128_bits(void)
{
	__int128 n = OPAQUE(4l);
	int k = OPAQUE(3);
	CHECK((k << n) == 48);
	CHECK((k << (n - 2 & 31)) == 12);
	CHECK((OPAQUE(-64l) >> n) == -4);
	CHECK((OPAQUE(~0ul) >> (n + 56)) == 15);
	CHECK(sizeof(k << n) == sizeof(int));
	return 0;
}

/* 6.5.16.2 with a value of 128 bits: computed in the common type, stored in the target's. */
int wider_than_the_target(void)
{
	__int128 a = (__int128)OPAQUE(5ul) << 64 | 3;
	long b = OPAQUE(7l);
	unsigned u = OPAQUE(1u);
	signed char k = OPAQUE((signed char)100);
	_Bool t = OPAQUE(0);
	b += a;
	CHECK(b == 10);
	u -= a;
	CHECK(u == 0xfffffffe);
	k *= a;
	CHECK(k == 44);
	b |= a << 1;
	CHECK(b == 14);
	t += a >> 64 << 64;
	CHECK(t == 1);
	return 0;
}
/* The exact result of both operands' values, whatever their signs. */
int overflow_of_mixed_signs(void)
{
	unsigned long large = OPAQUE(0xfffffffffffffff0ul);
	int one = OPAQUE(1), minus = OPAQUE(-1);
	long z;
	unsigned long w;
	CHECK(__builtin_add_overflow(large, one, &z) && z == -15);
	CHECK(__builtin_sub_overflow(large, minus, &z) && z == -15);
	CHECK(!__builtin_add_overflow(large, minus, &w) && w == 0xffffffffffffffeful);
	CHECK(__builtin_add_overflow(minus, minus, &w) && w == -2ul);
	CHECK(!__builtin_sub_overflow(OPAQUE(5ul), OPAQUE(6u) + 0l, &z) && z == -1);
	CHECK(__builtin_sub_overflow(OPAQUE(5ul), OPAQUE(6ul), &w));
	return 0;
}
