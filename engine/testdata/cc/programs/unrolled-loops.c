#include "common.h"
PROGRAM(unrolled)
{
	__u32 h = 0x811c9dc5;
#pragma unroll
	for (int i = 0; i < 16; i++) {
		h ^= in[i];
		h *= 16777619;
	}
#pragma clang loop unroll(disable)
	for (int i = 0; i < 8; i++)
		out[0] += in[i] * i;
#pragma unroll 4
	for (int i = 0; i < 20; i++)
		out[1] ^= (__u64)in[i] << i;
	return h;
}
