#include "common.h"
#define KIND(x) _Generic((x), char: 1, unsigned char: 2, int: 3, unsigned: 4, long: 5, unsigned long: 6, default: 9)
PROGRAM(generic)
{
	_Static_assert(KIND(1) == 3, "int");
	out[0] = KIND(in[0]) + KIND(in[0] + 1) * 10 + KIND(1ul) * 100;
	out[1] = KIND(ctx) + KIND('a') * 10;
	return KIND((char)in[0]) + KIND(1l);
}
