#include "common.h"
PROGRAM(big_stack)
{
	__u8 a[128], b[128];
	for (int i = 0; i < 64; i++)
		a[i] = in[i] + 1;
	for (int i = 0; i < 64; i++)
		b[63 - i] = a[i];
	out[0] = b[in[0] & 63];
	out[1] = a[in[1] & 63];
	return b[0];
}
