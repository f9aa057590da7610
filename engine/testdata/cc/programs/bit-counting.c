#include "common.h"
PROGRAM(bit_counting)
{
	__u32 w = in[0] | in[1] << 8 | in[2] << 16 | 0x80000000;
	__u64 d = (__u64)w << in[3] % 20 | 1;
	out[0] = __builtin_popcount(w) + __builtin_popcountll(d) * 100 + __builtin_parity(w) * 10000;
	out[1] = __builtin_clz(w >> 3) + __builtin_ctz(w) * 100 + __builtin_clzll(d) * 10000;
	return __builtin_ffs(in[4]) + __builtin_ffsll(d) * 100 + __builtin_ctzll(d << 7) * 10000;
}
