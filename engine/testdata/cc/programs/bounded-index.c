#include "common.h"
static __u8 memory[256];
PROGRAM(bounded)
{
	__u32 at = in[0];
	__u16 length = in[1];
	memory[at] = 7;
	if (length > 32)
		length = 32;
	for (__u32 i = 0; i < length; i++)
		memory[(at + i) & 255] += i;
	if (at >= 100 && at < 120)
		out[0] = memory[at - 100 + 5];
	return memory[(__u8)(at * 3)];
}
