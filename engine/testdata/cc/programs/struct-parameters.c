#include "common.h"
struct small { __u32 a, b; };
struct middle { __u64 a; __u32 b; };
struct large { __u64 v[4]; };
static __noinline __u64 take_small(struct small s, int k) { return s.a * k + s.b; }
static __noinline __u64 take_middle(struct middle m) { return m.a ^ m.b; }
static __always_inline __u64 take_large(struct large l) { l.v[0]++; return l.v[0] + l.v[3]; }
PROGRAM(struct_parameters)
{
	struct small s = { in[0], in[1] };
	struct middle m = { in[2], in[3] };
	struct large l = { { in[4], in[5], in[6], in[7] } };
	out[0] = take_small(s, in[8]);
	out[1] = take_middle(m);
	return take_large(l) + l.v[0];
}
