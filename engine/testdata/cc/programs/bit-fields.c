#include "common.h"
struct flags { unsigned a : 3, b : 5; int c : 4; unsigned : 4; unsigned long d : 20; _Bool e : 1; };
PROGRAM(bit_fields)
{
	struct flags f = { .a = in[0], .b = in[1], .c = in[2] };
	f.d = in[3] * 4099;
	f.e = in[4];
	f.a++;
	f.c -= 1;
	f.b |= 1;
	out[0] = f.a + f.b * 10 + f.d;
	out[1] = f.c;
	return f.e + sizeof(f);
}
