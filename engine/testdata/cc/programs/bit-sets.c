#include "common.h"
PROGRAM(bit_sets)
{
	__u64 set[2] = {};
	for (int i = 0; i < 32; i++)
		set[(in[i] >> 6) & 1] |= 1ull << (in[i] & 63);
	out[0] = set[0];
	out[1] = set[1];
	return !!(set[0] & 1ull << 32) + 2 * ((set[1] >> (in[40] & 63)) & 1);
}
