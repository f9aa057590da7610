#include "common.h"
PROGRAM(widths)
{
	__u8 a = in[0] + in[1];
	__s8 b = in[2];
	__u16 c = (in[3] << 8) | in[4];
	__s16 d = c;
	__u32 e = c * 65537u;
	__s32 f = -(__s32)e;
	__u64 g = (__u64)e * e;
	__s64 h = (__s64)f * 3;
	out[0] = a + b + c + d;
	out[1] = g ^ h;
	return e + f + (a << 3) + (b >> 1);
}
