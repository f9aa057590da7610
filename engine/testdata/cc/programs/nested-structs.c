#include "common.h"
struct address { __u8 b[4]; };
struct endpoint { struct address a; __u16 port; };
struct session { struct endpoint from, to; struct { __u32 n : 24; __u32 kind : 8; } meta; };
static __always_inline struct session reverse(struct session s)
{
	struct endpoint e = s.from;
	s.from = s.to;
	s.to = e;
	s.meta.n++;
	return s;
}
PROGRAM(nested_structs)
{
	struct session s = { .meta = { 7, 9 } };
	__builtin_memcpy(&s.from, in, sizeof(s.from));
	__builtin_memcpy(&s.to, in + 8, sizeof(s.to));
	s = reverse(s);
	out[0] = s.from.a.b[0] << 8 | s.to.a.b[3];
	out[1] = s.meta.n * 256 + s.meta.kind;
	return s.from.port - s.to.port;
}
