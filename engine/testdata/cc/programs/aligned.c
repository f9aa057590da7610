#include "common.h"
struct slot { __u8 n; } __attribute__((aligned(16)));
struct both { char c; struct slot s; long l __attribute__((aligned(32))); };
PROGRAM(aligned)
{
	struct both b = { in[0], { in[1] }, in[2] };
	out[0] = sizeof(struct both);
	out[1] = __builtin_offsetof(struct both, l) * 100 + _Alignof(struct slot);
	return b.c + b.s.n + b.l;
}
