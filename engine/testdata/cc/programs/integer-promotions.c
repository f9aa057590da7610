#include "common.h"
PROGRAM(promotions)
{
	unsigned char a = in[0], b = in[1];
	signed char c = in[2];
	unsigned short s = in[3] * 257;
	int less = a - b < 0;
	unsigned u = a - b;
	long l = a - b;
	unsigned long ul = u;
	out[0] = (~a >> 1) + (c < s) + ((unsigned)c > s);
	out[1] = ul + l;
	return less + (a << 24 >> 24) + (s << 16) + -s;
}
