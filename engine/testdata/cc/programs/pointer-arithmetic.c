#include "common.h"
struct cell { __u16 a; __u8 b[6]; };
PROGRAM(pointers)
{
	struct cell *c = (struct cell *)in;
	struct cell *end = c + 4;
	__u32 n = 0;
	for (struct cell *p = c; p < end; p++)
		n += p->a + p->b[2];
	void *v = in;
	out[0] = (struct cell *)(v + 24) - c;
	out[1] = ((__u8 (*)[8])in)[2][3];
	__u8 **q = &in;
	return n + (*q)[5];
}
