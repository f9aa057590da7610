// Floating constants that are integers before the program runs.
#include "common.h"
#define SECOND 1e9
#define SHARE 0.95f
static const __u64 period = 2.5 * 60 * SECOND;
static __u32 table[] = {1.5 * 2, (int)2.9, -0.5 + 1.75, 0x1.8p3, 1e-3 > 0};
PROGRAM(reals)
{
	__u32 limit = in[0] * (__u32)(100 * SHARE);
	out[0] = period + (__u64)(SECOND / 3) + (__s64)-3.7;
	out[1] = table[0] | table[1] << 4 | table[2] << 8 | table[3] << 12 | table[4] << 16;
	if (0.1 + 0.2 > 0.3 && 0.5f == 0.5 && !(1.0f / 3 == 1.0 / 3))
		out[1] |= 1u << 20;
	return limit > (in[1] << 3) ? (_Bool)0.25 : limit;
}
