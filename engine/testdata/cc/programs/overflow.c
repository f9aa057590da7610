#include "common.h"
PROGRAM(overflow)
{
	__u32 a = in[0] << 24, b = in[1] << 24, s;
	int c = (__s8)in[2] * 16777216, d = (__s8)in[3] * 16777216, t;
	__u64 e = (__u64)in[4] << 56, f = (__u64)in[5] << 56, u;
	__s64 g = e, h = f, v;
	int r = __builtin_add_overflow(a, b, &s);
	r |= __builtin_sub_overflow(c, d, &t) << 1;
	r |= __builtin_mul_overflow(a, b, &s) << 2;
	r |= __builtin_add_overflow(e, f, &u) << 3;
	r |= __builtin_sub_overflow(g, h, &v) << 4;
	r |= __builtin_mul_overflow(e, 3ull, &u) << 5;
	out[0] = s ^ u;
	out[1] = t + v;
	return r;
}
