#include "common.h"
static __noinline long five(long a, int b, __u8 c, short d, __u64 e)
{
	return a + b * 2 + c * 3 + d * 4 + e * 5;
}
PROGRAM(five_arguments)
{
	return five(in[0], in[1], in[2] + 255, -in[3], in[4]) + five(1, 2, 3, 4, 5);
}
