#include "common.h"
PROGRAM(adler)
{
	__u32 a = 1, b = 0, c = 0, d = 0;
	for (int i = 0; i < 32; i++) {
		a = (a + in[i]) % 65521;
		b = (b + a) % 65521;
		c = (c + in[i]) % 255;
		d = (d + c) % 255;
	}
	out[0] = b << 16 | a;
	return d << 8 | c;
}
