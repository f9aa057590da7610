#include "common.h"
PROGRAM(feedback)
{
	__u16 s = in[0] << 8 | in[1] | 1;
	for (int i = 0; i < 40; i++) {
		__u16 bit = (s >> 0 ^ s >> 2 ^ s >> 3 ^ s >> 5) & 1;
		s = s >> 1 | bit << 15;
	}
	__u64 x = (__u64)s << 17 | 9;
	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	out[0] = x;
	return s;
}
