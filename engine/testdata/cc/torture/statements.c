// 6.8 Statements: selection, iteration, jumps, labels, scopes.
static int pick(int n)
{
	int r = 0;
	switch (n) {
	case 0:
		r += 1;
	case 1:
		r += 2;
		break;
	default:
		r = 50;
	case 5 ... 7:
		r += 100;
		break;
	case -3:
		r = 9;
	}
	return r;
}
int switches(void)
{
	CHECK(pick(OPAQUE(0)) == 3 && pick(OPAQUE(1)) == 2 && pick(OPAQUE(2)) == 150);
	CHECK(pick(OPAQUE(5)) == 100 && pick(OPAQUE(7)) == 100 && pick(OPAQUE(8)) == 150 && pick(OPAQUE(-3)) == 9);
	unsigned char c = OPAQUE(255);
	switch (c) {
	case -1:
		CHECK(0);
	case 255:
		break;
	default:
		CHECK(0);
	}
	long l = OPAQUE(0x100000001);
	switch (l) {
	case 1:
		CHECK(0);
	case 0x100000001:
		l = 0;
	}
	CHECK(l == 0);
	switch ((unsigned char)OPAQUE(0x105)) {
	case 5:
		l = 2;
	}
	CHECK(l == 2);
	int n = 0;
	switch (OPAQUE(1)) {
		n = 100;
	case 1: {
		int k = 4;
		n += k;
	}
	}
	CHECK(n == 4);
	switch (OPAQUE(3))
	default:
		n++;
	CHECK(n == 5);
	return 0;
}
int duff(void)
{
	int n = 0, left = OPAQUE(7), at = (left + 3) / 4u;
	switch (left % 4u) {
		do {
		case 0:
			n++;
		case 3:
			n++;
		case 2:
			n++;
		case 1:
			n++;
		} while (--at > 0);
	}
	CHECK(n == 7);
	return 0;
}
int loops(void)
{
	int n = 0;
	for (int i = 0, j = 10; i < j; i++, j--)
		n += j - i;
	CHECK(n == 30);
	n = 0;
	for (int i = 0; i < 10; i++) {
		if (i == 2)
			continue;
		if (i == 5)
			break;
		n += i;
	}
	CHECK(n == 8);
	int k = OPAQUE(3);
	do
		n--;
	while (--k);
	CHECK(n == 5);
	while (n-- > 0)
		;
	CHECK(n == -1);
	n = 0;
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++) {
			if (j == i)
				continue;
			n += i * 3 + j;
		}
	CHECK(n == 24);
	for (;;) {
		if (++n > 30)
			break;
	}
	CHECK(n == 31);
	for (unsigned char c = 250; c; c++)
		n++;
	CHECK(n == 37);
	return 0;
}
int jumps(void)
{
	int n = 0;
again:
	if (n < OPAQUE(4)) {
		n++;
		goto again;
	}
	CHECK(n == 4);
	goto in;
	n = 100;
	{
	in:
		n++;
	}
	CHECK(n == 5);
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 4; j++)
			if (i * j == OPAQUE(4))
				goto out;
			else
				n++;
out:
	CHECK(n == 15);
	return 0;
}
static int deep = 3;
int scopes(void)
{
	int x = 1;
	{
		int x = 2;
		{
			int x = 3;
			CHECK(x == 3);
		}
		CHECK(x == 2);
		extern int unused_elsewhere;
	}
	CHECK(x == 1);
	for (int x = 7; x < 8; x++)
		CHECK(x == 7);
	int deep = 5;
	CHECK(deep == 5);
	struct t { char c; } t = {1};
	{
		struct t { long l; };
		CHECK(sizeof(struct t) == 8);
	}
	CHECK(sizeof(struct t) == 1 && t.c == 1);
	typedef int number;
	{
		int number = 4;
		CHECK(number == 4);
	}
	number m = 5;
	CHECK(m == 5);
	return 0;
}
int dangling(void)
{
	int r = 0;
	if (OPAQUE(1))
		if (OPAQUE(0))
			r = 1;
		else
			r = 2;
	CHECK(r == 2);
	if (OPAQUE(0))
		;
	else if (OPAQUE(2))
		r = 3;
	CHECK(r == 3);
	return 0;
}
