#include "common.h"
static __noinline __u32 mix(__u32 a, __u32 b) { return (a ^ b) * 2654435761u; }
__noinline int scale(int v, int by) { return v * by + 1; }
static __noinline void store(__u64 *to, __u64 v) { *to = v; }
static __noinline __u8 narrow(__u8 v) { return v + 250; }
static __noinline _Bool odd(__u32 v) { return v & 1; }
PROGRAM(subprograms)
{
	__u64 t = 0;
	store(&t, in[0]);
	out[0] = mix(t, in[1]) + narrow(in[2]);
	out[1] = scale(in[3], 7);
	return odd(in[4]) ? mix(1, 2) : scale(3, 4);
}
