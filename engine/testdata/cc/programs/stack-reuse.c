#include "common.h"
PROGRAM(stack_reuse)
{
	__u64 sum = 0;
	{
		__u8 a[200] = {};
		a[in[0] & 127] = 1;
		for (int i = 0; i < 200; i++)
			sum += a[i] * i;
	}
	{
		__u8 b[200] = {};
		b[in[1] & 127] = 2;
		for (int i = 0; i < 200; i++)
			sum += b[i] * i;
	}
	{
		__u8 c[200] = {};
		c[in[2] & 127] = 3;
		for (int i = 0; i < 200; i++)
			sum += c[i] * i;
	}
	return sum;
}
