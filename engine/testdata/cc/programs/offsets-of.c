#include "common.h"
struct outer { char a; struct { short b; long c[3]; } d; };
PROGRAM(offsets)
{
	_Static_assert(__builtin_offsetof(struct outer, d.c[1]) == 24, "layout");
	struct outer o = { .d.c = { in[0], in[1], in[2] } };
	long *p = (void *)&o + __builtin_offsetof(struct outer, d.c[2]);
	struct outer *back = (void *)p - __builtin_offsetof(struct outer, d.c[2]);
	out[0] = *p;
	return back->d.c[0] + sizeof(o.d);
}
