#include "common.h"
struct pair { int a, b; };
static __always_inline int sum(const struct pair *p) { return p->a + p->b; }
PROGRAM(compound_literals)
{
	struct pair p = (struct pair){ in[0], 7 };
	int *list = (int[]){ in[1], in[2], in[3] };
	p = (struct pair){ .b = p.a };
	out[0] = sum(&(struct pair){ in[4], in[5] });
	out[1] = list[0] + list[2];
	return sum(&p);
}
