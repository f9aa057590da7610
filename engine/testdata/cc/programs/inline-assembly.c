#include "common.h"
PROGRAM(assembly)
{
	__u64 a = in[0], b = in[1], c;
	asm volatile("%0 = %1; %0 += %2" : "=r"(c) : "r"(a), "r"(b));
	asm volatile("%[x] *= 3" : [x] "+r"(a));
	__u32 w = in[2];
	asm volatile("%0 += 5" : "+r"(w));
	asm volatile("if %0 s> %1 goto 1f; %0 = 77; 1:" : "+r"(b) : "i"(100));
	asm volatile("" : : "X"(c), "X"(7), "g"(b));
	out[0] = c;
	out[1] = a + w;
	return b;
}
