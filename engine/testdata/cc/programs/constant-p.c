#include "common.h"
static __always_inline int fold(int v) { return __builtin_constant_p(v) ? v * 2 : v + 1000; }
PROGRAM(constant_p)
{
	out[0] = fold(21);
	out[1] = fold(in[0]);
	return __builtin_constant_p(sizeof(int)) + __builtin_expect(in[0] > 3, 1);
}
