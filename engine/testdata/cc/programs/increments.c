#include "common.h"
PROGRAM(increments)
{
	__u8 a = in[0];
	short b = in[1] - 1;
	__u8 *p = in + 2;
	int r = a++ + ++a;
	r += b-- - --b;
	r += *p++ * 256;
	r += *++p;
	_Bool t = 0;
	t++;
	out[0] = a + b;
	out[1] = p - in + t;
	return r;
}
