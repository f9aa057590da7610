#include "common.h"
PROGRAM(strings)
{
	char local[] = "hello";
	const char *p = in[0] & 1 ? "left" : "right";
	char padded[12] = "pad";
	local[in[1] & 3] ^= 0x20;
	out[0] = local[0] << 8 | local[3];
	out[1] = padded[2] + padded[11] + sizeof("four" "teen") + sizeof(local);
	return p[1];
}
