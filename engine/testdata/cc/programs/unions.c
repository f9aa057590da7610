#include "common.h"
union word { __u32 w; __u16 h[2]; __u8 b[4]; struct { __u8 lo, hi; } pair; };
PROGRAM(unions)
{
	union word u = { .w = 0x01020304 };
	u.b[in[0] & 3] = in[1];
	out[0] = u.h[0] | (__u64)u.h[1] << 32;
	u.pair.hi = in[2];
	out[1] = u.w;
	return (union word){ .h = { in[3], in[4] } }.w;
}
