#include "common.h"
PROGRAM(comparisons)
{
	int a = (__s8)in[0], b = (__s8)in[1];
	unsigned c = a, d = b;
	long e = a, f = b;
	int r = (a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5;
	r |= (c < d) << 6 | (c <= d) << 7 | (c > d) << 8 | (c >= d) << 9;
	r |= (e < f) << 10 | (e <= f) << 11 | ((__u64)e > (__u64)f) << 12;
	out[0] = !a + !!b * 2;
	out[1] = a < b ? a : b;
	return r;
}
