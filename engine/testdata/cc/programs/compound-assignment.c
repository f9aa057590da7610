#include "common.h"
PROGRAM(compound)
{
	__u8 a = in[0];
	__s16 b = in[1];
	__u32 c = in[2];
	__u64 d = in[3];
	a += 200;
	a -= b;
	a *= 3;
	a <<= 1;
	b ^= a;
	b |= 0x4000;
	b >>= 2;
	c /= 3;
	c %= 50;
	c &= ~1u;
	d *= c + a;
	d += -1;
	out[0] = a | b << 8;
	out[1] = c;
	return d;
}
