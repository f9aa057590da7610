// 6.5 Expressions: operators, their order, what they give.
static int calls;
static NOINLINE int count(int r)
{
	calls++;
	return r;
}
int shortcuts(void)
{
	calls = 0;
	CHECK((count(0) && count(1)) == 0 && calls == 1);
	calls = 0;
	CHECK((count(5) && count(9)) == 1 && calls == 2);
	calls = 0;
	CHECK((count(2) || count(1)) == 1 && calls == 1);
	calls = 0;
	CHECK((count(0) || count(0)) == 0 && calls == 2);
	calls = 0;
	int r = count(0) && count(1) || count(3);
	CHECK(r == 1 && calls == 2);
	calls = 0;
	r = count(1) ? count(2) : count(3);
	CHECK(r == 2 && calls == 2);
	calls = 0;
	r = count(4) ?: count(5);
	CHECK(r == 4 && calls == 1);
	calls = 0;
	r = sizeof(count(1));
	CHECK(r == 4 && calls == 0);
	calls = 0;
	r = (count(1), count(2), 7);
	CHECK(r == 7 && calls == 2);
	return 0;
}
int increments(void)
{
	int i = OPAQUE(5);
	CHECK(i++ == 5 && i == 6);
	CHECK(++i == 7 && i == 7);
	CHECK(i-- == 7 && --i == 5);
	unsigned char c = OPAQUE(255);
	CHECK(c++ == 255 && c == 0);
	CHECK(--c == 255);
	signed char s = OPAQUE(127);
	s++;
	CHECK(s == -128);
	unsigned long u = 0;
	u--;
	CHECK(u == 18446744073709551615ul);
	int a[3] = {10, 20, 30}, *p = a;
	CHECK(*p++ == 10 && *p == 20);
	CHECK((*p)++ == 20 && a[1] == 21);
	CHECK(++*p == 22 && *++p == 30);
	CHECK(p - a == 2 && *--p == 22);
	return 0;
}
int compound(void)
{
	unsigned char c = OPAQUE(250);
	CHECK((c += 10) == 4 && c == 4);
	c -= 5;
	CHECK(c == 255);
	c *= 2;
	CHECK(c == 254);
	c /= 3u;
	CHECK(c == 84);
	c %= 10u;
	CHECK(c == 4);
	c <<= 6;
	CHECK(c == 0);
	short s = OPAQUE(-4);
	s >>= 1;
	CHECK(s == -2);
	s &= 0xff;
	CHECK(s == 254);
	s |= 0x8000;
	CHECK(s == (short)0x80fe);
	s ^= s;
	CHECK(s == 0);
	int i = OPAQUE(10);
	i *= 2 + 3;
	CHECK(i == 50);
	i -= i -= 3;
	CHECK(i == 0);
	unsigned char big = OPAQUE(200);
	big /= 100000u;
	CHECK(big == 0);
	big = 3;
	big <<= 7;
	CHECK(big == 128);
	int a, b, d;
	a = b = d = OPAQUE(300);
	CHECK(a == 300 && b == 300 && d == 300);
	signed char n;
	int m = n = OPAQUE(300);
	CHECK(m == 44 && n == 44);
	return 0;
}
int division(void)
{
	unsigned a = OPAQUE(17), b = OPAQUE(5);
	CHECK(a / b == 3 && a % b == 2);
	unsigned long w = OPAQUE(0xffffffffffffffff);
	CHECK(w / 10 == 1844674407370955161ul && w % 10 == 5);
	int n = OPAQUE(-17);
	CHECK(n / 4 == -4 && n % 4 == -1);
	CHECK(n / 1 == -17 && n % 1 == 0);
	CHECK(n / 16 == -1 && n % 16 == -1 && n / 32 == 0 && n % 32 == -17);
	long l = OPAQUE(-1l);
	CHECK(l / 2 == 0 && l % 2 == -1);
	unsigned char c = OPAQUE(7);
	CHECK(c / 2 == 3 && c % 2 == 1);
	CHECK((unsigned)n / 2 == 2147483639u);
	return 0;
}
int shifts(void)
{
	int n = OPAQUE(-8);
	CHECK(n >> 1 == -4 && n >> 31 == -1);
	CHECK((unsigned)n >> 28 == 15);
	unsigned one = OPAQUE(1);
	CHECK(one << 31 == 0x80000000u);
	CHECK((unsigned long)one << 63 == 0x8000000000000000ul);
	unsigned char c = OPAQUE(0x81);
	CHECK(c << 1 == 0x102 && c >> 7 == 1);
	signed char s = OPAQUE(0x81);
	CHECK(s >> 7 == -1);
	int k = OPAQUE(33);
	CHECK(1ul << k == 0x200000000ul);
	CHECK(-1l >> k == -1 && (unsigned long)-1l >> k == 0x7ffffffful);
	return 0;
}
int comparisons(void)
{
	int a = OPAQUE(-1), b = OPAQUE(1);
	CHECK((a < b) + (a <= b) + (a != b) == 3);
	CHECK((a > b) + (a >= b) + (a == b) == 0);
	CHECK((unsigned)a > (unsigned)b);
	CHECK((1 < 2 < 3) == 1 && (3 > 2 > 1) == 0);
	long x = OPAQUE(0x100000000), y = OPAQUE(0);
	CHECK(x && !y && x != y && x > y);
	CHECK(!!x == 1 && !x == 0);
	CHECK((x ? 1 : 2) == 1);
	if (x)
		y = 1;
	CHECK(y == 1);
	unsigned char c = OPAQUE(200);
	CHECK(c > 100 && c < 201 && c != -56);
	return 0;
}
int precedence(void)
{
	int a = OPAQUE(6), b = OPAQUE(3), c = OPAQUE(2);
	CHECK(a + b * c == 12 && (a + b) * c == 18 && a - b - c == 1);
	CHECK(16u / a / c == 1);
	CHECK((a & b == 3) == (a & (b == 3)));
	CHECK((a | b & c) == 6 && (a ^ b | c) == 7);
	CHECK((a << b + c) == 192 && -a * b == -18 && !a == 0 && ~a + 1 == -6);
	CHECK((a > b ? c : b > c ? 1 : 0) == 2);
	CHECK((a < b ? c : b > c ? 1 : 0) == 1);
	CHECK(sizeof(int) * 2 == 8 && sizeof a * 2 == 8);
	return 0;
}
struct pair { int x; struct { short y, z; } in; int a[3]; };
int places(void)
{
	struct pair p = {1, {2, 3}, {4, 5, 6}}, q, *r = &p;
	q = p;
	CHECK(q.x == 1 && q.in.z == 3 && q.a[2] == 6);
	r->in.y = 70000;
	CHECK(p.in.y == 4464 && q.in.y == 2);
	int i = OPAQUE(1);
	r->a[i++] += 10;
	CHECK(i == 2 && p.a[1] == 15);
	CHECK((&p.a[2])[-1] == 15 && *(&r->x) == 1);
	CHECK((q = p).in.y == 4464);
	CHECK((i ? p : q).a[0] == 4);
	CHECK((1, r)->x == 1);
	CHECK(sizeof(struct pair) == 20 && sizeof p.a == 12 && _Alignof(struct pair) == 4);
	return 0;
}
