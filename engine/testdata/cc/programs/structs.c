#include "common.h"
struct point { int x, y; };
struct line { struct point a, b; char tag; };
static __always_inline struct point middle(struct line l)
{
	struct point p = { (l.a.x + l.b.x) / 2, (l.a.y + l.b.y) / 2 };
	return p;
}
PROGRAM(structs)
{
	struct line l = { .b = { .y = in[0], .x = in[1] }, .tag = 'l' }, m = l;
	m.a = m.b;
	m.a.x++;
	struct point p = middle(m), *q = &m.b;
	q->y -= 3;
	out[0] = p.x * 1000 + p.y;
	out[1] = m.b.y + l.a.x + m.tag;
	return sizeof(struct line) + (m.a.x > q->x);
}
