#include "common.h"
PROGRAM(merge)
{
	__u32 r;
	if (in[0] & 1) {
		r = in[1] * 5;
		r ^= 0x55;
	} else if (in[0] & 2) {
		r = in[2] * 5;
		r ^= 0x55;
	} else {
		r = 0x55;
	}
	out[0] = r;
	return r + 1;
}
