#include "common.h"
PROGRAM(absolute)
{
	int a = (__s8)in[0];
	long b = (long)(__s8)in[1] * 1000000007l;
	out[0] = a < 0 ? -a : a;
	out[1] = b < 0 ? -b : b;
	return (a > 0) - (a < 0);
}
