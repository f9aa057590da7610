// 6.7.2.1 Bit-fields: layout, promotion, reads and writes that leave the neighbours alone.
struct mixed { unsigned a : 3; int b : 5; unsigned : 0; unsigned c : 17; signed char d : 4; unsigned long e : 40; _Bool f : 1; };
struct packed { long a : 16; signed char b : 2; } __attribute__((packed));
struct wide { unsigned long long low : 14; unsigned long long rest; long end; } __attribute__((packed));
union view { struct { unsigned a : 4, b : 12, c : 16; }; unsigned all; unsigned char bytes[4]; };
int storing(void)
{
	struct mixed m = {0};
	m.a = OPAQUE(9);
	m.b = OPAQUE(17);
	m.c = OPAQUE(0x3ffff);
	m.d = OPAQUE(-3);
	m.e = OPAQUE(0x123456789abc);
	m.f = OPAQUE(4);
	CHECK(m.a == 1 && m.b == -15 && m.c == 0x1ffff && m.d == -3 && m.e == 0x3456789abcul && m.f == 1);
	m.b = 0;
	CHECK(m.a == 1 && m.b == 0 && m.c == 0x1ffff);
	m.e = 0;
	CHECK(m.d == -3 && m.f == 1 && m.c == 0x1ffff);
	struct mixed n = m;
	CHECK(n.d == -3 && n.f == 1 && n.e == 0);
	return 0;
}
int layout(void)
{
	union view v = {.all = 0};
	v.a = 0xf;
	v.b = OPAQUE(0x123);
	v.c = 0xabcd;
	CHECK(v.all == 0xabcd123fu && v.bytes[0] == 0x3f && v.bytes[1] == 0x12);
	v.b++;
	CHECK(v.all == 0xabcd124fu);
	v.a += 2;
	CHECK(v.all == 0xabcd1241u);
	CHECK(sizeof(struct mixed) == 24 || sizeof(struct mixed) == 16);
	CHECK(sizeof(struct packed) == 3 && sizeof(struct wide) == 18);
	return 0;
}
int results(void)
{
	struct mixed m = {.a = 7, .b = 15};
	CHECK((m.a = OPAQUE(12)) == 4);
	CHECK((m.b = OPAQUE(16)) == -16);
	CHECK(m.a++ == 4 && ++m.a == 6 && m.a-- == 6);
	m.a = 7;
	m.a++;
	CHECK(m.a == 0);
	CHECK((m.a -= 1) == 7);
	CHECK((m.b += 31) == 15);
	return 0;
}
int promoted(void)
{
	struct mixed m = {.a = 7, .c = OPAQUE(0x1ffff)};
	CHECK(m.a - 8 < 0);
	CHECK(-m.c < 0);
	CHECK(~m.a == -8);
	struct wide w = {.low = OPAQUE(3)};
	struct wide *p = &w;
	CHECK(((unsigned long long)p->low << 63) == 0x8000000000000000ull);
	CHECK(((unsigned long long)p->low << 40) == 0x30000000000ull);
	CHECK((unsigned long long)w.low - 4 > 100);
	return 0;
}
int beside(void)
{
	unsigned char before = OPAQUE(0xaa);
	struct packed p = {.a = OPAQUE(-2)};
	unsigned char after = OPAQUE(0xbb);
	CHECK(p.a == -2 && p.b == 0);
	p.b = OPAQUE(1);
	CHECK(p.a == -2 && p.b == 1 && before == 0xaa && after == 0xbb);
	struct packed q[2] = {{1, -1}, {OPAQUE(2), -2}};
	q[OPAQUE(0)].b = 0;
	CHECK(q[0].a == 1 && q[0].b == 0 && q[1].a == 2 && q[1].b == -2);
	return 0;
}
