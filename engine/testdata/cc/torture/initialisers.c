// 6.7.9 Initialisation, 6.5.2.5 compound literals, 6.7.2 enumerations, 6.7.10 static assertions, 6.5.1.1 generic selection.
struct in { int a, b; };
struct out { struct in i; int list[3]; struct in tail[2]; char text[6]; };
int nested(void)
{
	struct out o = {1, 2, 3, 4, 5, 6, 7, 8, 9, "hey"};
	CHECK(o.i.a == 1 && o.i.b == 2 && o.list[2] == 5 && o.tail[1].b == 9 && o.text[2] == 'y' && !o.text[3]);
	struct out p = {{1}, {2, 3}, {{4}, {5}}};
	CHECK(p.i.b == 0 && p.list[1] == 3 && p.list[2] == 0 && p.tail[1].a == 5 && p.tail[0].b == 0 && !p.text[0]);
	struct out q = {.tail[1].b = OPAQUE(7), .list = {[1] = 8, 9}, .i.b = 3};
	CHECK(q.tail[1].b == 7 && q.tail[1].a == 0 && q.list[0] == 0 && q.list[2] == 9 && q.i.b == 3 && q.i.a == 0);
	struct in s = {OPAQUE(4)};
	CHECK(s.a == 4 && s.b == 0);
	struct out w = {.i = s, .i.b = 5};
	CHECK(w.i.b == 5);
	return 0;
}
int arrays(void)
{
	int a[] = {1, [5] = 2, 3, [1] = 4};
	CHECK(sizeof(a) == 28 && a[0] == 1 && a[1] == 4 && a[5] == 2 && a[6] == 3 && a[3] == 0);
	int m[2][3] = {{1}, {2, 3}};
	CHECK(m[0][0] == 1 && m[0][1] == 0 && m[1][1] == 3 && m[1][2] == 0);
	int f[2][2] = {1, 2, 3};
	CHECK(f[1][0] == 3 && f[1][1] == 0);
	int r[8] = {[2 ... 4] = 9, [6] = 1};
	CHECK(r[1] == 0 && r[2] == 9 && r[4] == 9 && r[5] == 0 && r[6] == 1);
	char s[] = "ab\0c";
	CHECK(sizeof(s) == 5 && s[3] == 'c' && s[4] == 0);
	char t[3] = "xyz";
	CHECK(t[2] == 'z');
	char u[8] = {"hi"};
	CHECK(u[1] == 'i' && u[7] == 0);
	char v[] = "a" "b" "\x63";
	CHECK(sizeof(v) == 4 && v[2] == 'c');
	int i = OPAQUE(1);
	CHECK(m[i][i] == 3 && *(*(m + 1) + 1) == 3 && sizeof(m[0]) == 12);
	return 0;
}
union bits { unsigned u; unsigned char c[4]; struct { unsigned short lo, hi; }; };
int unions(void)
{
	union bits b = {0x01020304};
	CHECK(b.c[0] == 4 && b.c[3] == 1 && b.hi == 0x102 && b.lo == 0x304);
	union bits c = {.hi = 5};
	CHECK(c.u == 0x50000);
	b.c[OPAQUE(1)] = 0xff;
	CHECK(b.u == 0x0102ff04);
	union bits d = b;
	CHECK(d.lo == 0xff04 && sizeof(d) == 4);
	union { long l; struct { int x, y; } s; } e = {.s = {1, -1}};
	CHECK(e.l == -4294967295);
	return 0;
}
static int add(const int *p, int n)
{
	int sum = 0;
	for (int i = 0; i < n; i++)
		sum += p[i];
	return sum;
}
int literals(void)
{
	CHECK(((struct in){3, 4}).b == 4);
	struct in *p = &(struct in){.b = OPAQUE(6)};
	CHECK(p->b == 6 && p->a == 0);
	p->a = 2;
	CHECK(p->a == 2);
	CHECK((int[]){7, 8, 9}[OPAQUE(1)] == 8);
	CHECK(add((int[]){1, 2, 3, OPAQUE(4)}, 4) == 10);
	struct in q;
	q = (struct in){OPAQUE(1), 2};
	q = (struct in){q.b, q.a};
	CHECK(q.a == 2 && q.b == 1);
	CHECK(sizeof((char[]){"abc"}) == 4);
	int total = 0;
	for (int i = 0; i < 3; i++) {
		int *one = &(int){i};
		total += (*one)++ + *one;
	}
	CHECK(total == 9);
	return 0;
}
static int kept = 41;
static const short table[4] = {-1, 2, [3] = 300};
static struct out whole = {.i = {5, 6}, .text = "static"};
int statics(void)
{
	static int here = 5;
	here++;
	kept++;
	CHECK(kept >= 42 && here >= 6);
	CHECK(table[OPAQUE(0)] == -1 && table[OPAQUE(2)] == 0 && table[OPAQUE(3)] == 300);
	CHECK(whole.i.b == 6 && whole.text[5] == 'c' && whole.tail[1].a == 0);
	kept--;
	return 0;
}
enum colour { RED, GREEN = 5, BLUE, MINUS = -3, NEXT };
int enumerations(void)
{
	CHECK(RED == 0 && GREEN == 5 && BLUE == 6 && NEXT == -2);
	enum colour c = OPAQUE(5);
	CHECK(c == GREEN && sizeof(c) == 4 && c > MINUS);
	enum { LOCAL = sizeof(long), SHIFT = 1 << 4 };
	CHECK(LOCAL == 8 && SHIFT == 16);
	enum big { HUGE = 0x100000000 };
	CHECK(sizeof(enum big) == 8 && HUGE >> 32 == 1);
	return 0;
}
_Static_assert(sizeof(struct out) == 44, "layout");
#define KIND(x) _Generic((x), int: 1, unsigned: 2, long: 3, char *: 4, default: 9)
int generics(void)
{
	short s = 1;
	char text[3] = "";
	CHECK(KIND(1) == 1 && KIND(1u) == 2 && KIND(1l) == 3 && KIND(s) == 9 && KIND(+s) == 1);
	CHECK(KIND(text) == 4 && KIND('a') == 1 && KIND(1ull) == 9);
	_Static_assert(KIND(0) == 1, "constant");
	return 0;
}
struct flex { int n; short items[]; };
static struct flex flex = {3, {1, -2, 3}};
int flexible(void)
{
	struct flex *f = &flex;
	CHECK(sizeof(struct flex) == 4 && f->items[OPAQUE(1)] == -2 && flex.items[2] == 3);
	return 0;
}
int typeofs(void)
{
	int x = 3;
	typeof(x) y = x;
	__auto_type z = x + 1l;
	typeof(&x) p = &y;
	*p = 8;
	CHECK(y == 8 && sizeof(z) == 8 && z == 4);
	CHECK(({ int t = y; t * 2; }) == 16);
	CHECK(__builtin_types_compatible_p(typeof(z), long));
	CHECK(__builtin_choose_expr(1, 5, "x") == 5);
	CHECK(__builtin_offsetof(struct out, tail[1].b) == 32);
	return 0;
}
