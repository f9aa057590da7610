#include "common.h"
static __always_inline void advance(__u8 **p, int by) { *p += by; }
PROGRAM(pointer_to_pointer)
{
	__u8 *p = in;
	advance(&p, 3);
	out[0] = *p;
	advance(&p, p - in);
	out[1] = *p;
	return p - in;
}
