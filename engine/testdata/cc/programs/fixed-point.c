#include "common.h"
PROGRAM(fixed_point)
{
	__u32 x = in[0] << 8, y = (in[1] + 1) << 8;
	__u64 product = (__u64)x * y >> 8;
	__u32 quotient = ((__u64)x << 8) / y;
	out[0] = product;
	out[1] = quotient;
	return (x + y) >> 9;
}
