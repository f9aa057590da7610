#include "common.h"
PROGRAM(shifts)
{
	__u32 w = in[0] | in[1] << 8 | in[2] << 16 | (__u32)in[3] << 24;
	__u64 d = (__u64)w << 32 | w;
	int n = in[4] & 31;
	int m = in[5] & 63;
	out[0] = (d >> m) ^ (d << m);
	out[1] = ((__s64)d >> m) + ((__s32)w >> n);
	return (w << n | w >> ((32 - n) & 31)) + (1u << n) + (1ull << m);
}
