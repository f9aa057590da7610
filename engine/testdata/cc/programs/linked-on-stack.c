#include "common.h"
struct node { __u32 value; struct node *next; };
PROGRAM(linked)
{
	struct node c = { in[2], 0 }, b = { in[1], &c }, a = { in[0], &b };
	__u32 sum = 0;
	for (struct node *n = &a; n; n = n->next)
		sum = sum * 3 + n->value;
	a.next->next->value = 5;
	out[0] = c.value;
	return sum;
}
