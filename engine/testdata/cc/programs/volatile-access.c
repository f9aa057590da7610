#include "common.h"
#define READ_ONCE(x) (*(volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile typeof(x) *)&(x) = (v))
#define barrier() asm volatile("" ::: "memory")
static __u32 shared;
PROGRAM(volatiles)
{
	volatile int v = in[0];
	v += 2;
	WRITE_ONCE(shared, in[1]);
	barrier();
	out[0] = READ_ONCE(shared) + READ_ONCE(shared);
	return v;
}
