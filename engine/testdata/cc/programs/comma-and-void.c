#include "common.h"
static __always_inline void bump(int *p) { (*p)++; }
PROGRAM(comma)
{
	int a = in[0], b;
	b = (bump(&a), a++, a * 2);
	(void)b;
	in[1] ? bump(&a) : (void)0;
	out[0] = a;
	return b;
}
