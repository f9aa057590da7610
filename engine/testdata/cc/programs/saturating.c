#include "common.h"
static __always_inline __u8 add(__u8 a, __u8 b) { __u16 s = a + b; return s > 255 ? 255 : s; }
static __always_inline __u32 min(__u32 a, __u32 b) { return a < b ? a : b; }
PROGRAM(saturating)
{
	out[0] = add(in[0], in[1]);
	out[1] = min(min(in[2] * 3, in[3]), 99);
	return add(add(in[4], in[5]), in[6]);
}
