// What is seldom written: names by escapes, old definitions, functions in declarators, constants of odd kinds, lengths under sizeof.
static NOINLINE int old(a, b, c)
	short b;
	int a;
	char *c;
{
	return a * 100 + b * 10 + *c;
}
int definitions(void)
{
	char three = 3;
	CHECK(old(OPAQUE(1), OPAQUE(2), &three) == 123);
	return 0;
}
int escapes(void)
{
	int n\u00e9 = OPAQUE(3);
	né += 4;
	CHECK(n\U000000e9 == 7);
	CHECK(sizeof "\u00e9" == 3 && sizeof u8"\u00e9" == 3 && "\u00e9"[0] == (char)0xc3);
	CHECK(L'\u00e9' == 0xe9 && U'\U0001F600' == 0x1f600 && u"\U0001F600"[0] == 0xd83d);
	CHECK(sizeof L"ab" "c" == 16 && sizeof u"x" == 4 && sizeof(U"xy" U"z") == 16);
	return 0;
}
static int twice(int a) { return 2 * a; }
static int (*pick(int which))(int)
{
	return which ? twice : 0;
}
int declarators(void)
{
	int rows[2][3] = {{1, 2, 3}, {4, 5, 6}};
	int (*row)[3] = rows + 1, *(*cells)[2] = &(int *[2]){rows[0], rows[1]};
	CHECK((*row)[2] == 6 && (*cells)[1][0] == 4);
	CHECK(sizeof(int (*(*[3])(void))[4]) == 24 && sizeof *row == 12);
	CHECK(pick(OPAQUE(1)) != 0 && pick(0) == 0);
	int(((nested))) = 5;
	CHECK(nested == 5);
	return 0;
}
int lengths(void)
{
	int n = OPAQUE(5);
	CHECK(sizeof(int[n]) == 20);
	CHECK(sizeof(short[n + 1][2]) == 24);
	CHECK(sizeof(char[n++]) == 5 && n == 6);
	return 0;
}
typedef int word __attribute__((mode(word)));
typedef unsigned byte __attribute__((mode(QI)));
enum wide { WIDE } __attribute__((mode(DI)));
int modes(void)
{
	CHECK(sizeof(word) == 8 && sizeof(byte) == 1);
	byte b = OPAQUE(300);
	CHECK(b == 44);
	CHECK(sizeof(enum wide) == 8);
	return 0;
}
static int renamed(int a) __asm__("some_other_name");
static NOINLINE int renamed(int a) { return a + 1; }
static int held __asm__("held_elsewhere") = 4;
int labels(void)
{
	held += OPAQUE(2);
	CHECK(renamed(held) == 7);
	return 0;
}
NOINLINE int aliased(int a) { return a * 3; }
int other_name(int a) __attribute__((alias("aliased")));
int aliases(void)
{
	CHECK(other_name(OPAQUE(4)) == 12);
	return 0;
}
int wide_division(void)
{
	unsigned long a = OPAQUE(0xfedcba9876543210UL), b = OPAQUE(1000003UL);
	unsigned __int128 w = (unsigned __int128)a << 20 | 0x12345;
	CHECK((unsigned long)(w / 4096) == (a << 8 | 0x12));
	CHECK((unsigned long)(w % 4096) == 0x345);
	CHECK((unsigned long)((unsigned __int128)a / b) == a / b);
	CHECK((unsigned long)((unsigned __int128)a % b) == a % b);
	__int128 s = -(__int128)w;
	CHECK((long)(s / 4096) == -(long)(a << 8 | 0x12));
	CHECK((long)(s % 4096) == -0x345);
	CHECK((long)(s / 1 - s) == 0);
	CHECK((long)(((__int128)1 << 100) / 1000000007 % 1000003) == 19083);
	return 0;
}
int bases(void)
{
	CHECK(0b1011 == 11 && 0B1u == 1 && sizeof 0b1L == 8);
	CHECK(0x7fffffff + 1u == 0x80000000 && sizeof 0x80000000 == 4 && sizeof 2147483648 == 8);
	CHECK('\x7f' == 127 && '\377' == -1 && 'ab' == 'a' * 256 + 'b');
	return 0;
}
struct empty {};
struct tail { int n; struct empty e; int more[]; };
int nothing(void)
{
	struct empty a, b = {}, c[3];
	a = b;
	CHECK(sizeof a == 0 && sizeof c == 0 && sizeof(struct tail) == 4);
	static struct tail t = {2, {}, {7, 8}};
	CHECK(t.more[1] == 8);
	return 0;
}
int statements(void)
{
	int n = OPAQUE(3);
	int r = ({
		typedef long L;
		L sum = 0;
		for (int i = 0; i < n; i++) sum += ({ int sq = i * i; sq; });
		enum { TEN = 10 };
		sum * TEN;
	});
	CHECK(r == 50);
	CHECK(({ goto out; out: n + 1; }) == 4);
	switch (n) {
	case -5 ... 2: return __LINE__;
	case 3 ... 9: break;
	default: return __LINE__;
	}
	return 0;
}
