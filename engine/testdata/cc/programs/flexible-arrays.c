#include "common.h"
struct list { __u16 count; __u16 items[]; };
struct zero { __u8 n; __u8 data[0]; };
PROGRAM(flexible)
{
	struct list *l = (struct list *)in;
	struct zero *z = (struct zero *)in;
	out[0] = l->items[3] + sizeof(struct list);
	out[1] = z->data[2] + sizeof(struct zero);
	return l->count;
}
