#include "common.h"
PROGRAM(typeof_auto)
{
	__auto_type a = in[0] * 2ull;
	typeof(a) b = a + 1;
	__typeof__(in) p = in + 3;
	typeof(int[3]) v = { 1, 2, in[1] };
	out[0] = sizeof(a) + sizeof(b) * 10 + sizeof(v) * 100;
	out[1] = *p + v[2];
	return a * b;
}
