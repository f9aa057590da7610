#include "common.h"
PROGRAM(assembly_goto)
{
	__u64 a = in[0];
	asm volatile goto("if %0 > 100 goto %l[large]" :: "r"(a) :: large);
	out[0] = 1;
	return a;
large:
	out[0] = 2;
	return a * 2;
}
