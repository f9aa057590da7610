#include "common.h"
PROGRAM(wide)
{
	__u64 a, b;
	__builtin_memcpy(&a, in, 8);
	__builtin_memcpy(&b, in + 8, 8);
	unsigned __int128 p = (unsigned __int128)a * b;
	p += b;
	p -= 3;
	__int128 s = (__int128)(__s64)a - (__s64)b;
	out[0] = p >> 64;
	out[1] = (__u64)(s >> 5) ^ (__u64)(p << 70 >> 64);
	return (p > (unsigned __int128)s) + ((s < 0) << 1) + ((p == b) << 2) + (__u64)p;
}
