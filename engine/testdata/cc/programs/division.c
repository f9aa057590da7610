#include "common.h"
PROGRAM(division)
{
	__u32 a = in[0] << 8 | in[1], b = in[2];
	__u64 c = (__u64)a << 32 | 12345, d = in[3] + 1;
	out[0] = c / d + c % d;
	out[1] = a / 7 + a % 7 + a / 16 + a % 16;
	return b ? a / b * 1000 + a % b : -1;
}
